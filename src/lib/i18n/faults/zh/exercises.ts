/** 练习：不能照作答运行的原因。 */
import type { Pair } from './pair';

export const exercises: readonly Pair[] = [
	['no action {}', '没有动作 {}'],
	['{} actions at most', '最多 {} 个动作'],
	['{} has to be done first', '要先做 {}'],
	['`{}` does not stand there', '那里没有 `{}`'],
	['`{}` stands there twice', '`{}` 在那里出现了两次'],
	['cannot be run', '无法运行']
];
