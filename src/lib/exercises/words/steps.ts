/** A scenario's steps in words, for a task that is read before it is run. */
import type { Scenario, Step } from '../../scenario/scenario';
import type { Words } from '../format/words';
import { packetText } from './conditions';

/** What a step does, in one sentence. Literal values stand in backticks. */
export function stepWords(step: Step, _scenario?: Scenario): Words {
	if ('advance' in step)
		return {
			en: step.advance === 1 ? 'A second passes.' : `${step.advance} seconds pass.`,
			zh: `过去 ${step.advance} 秒。`
		};
	if ('release' in step)
		return {
			en: `The packet held in step ${step.release + 1} goes on.`,
			zh: `第 ${step.release + 1} 步中停住的包继续前行。`
		};
	if ('run' in step)
		return {
			en: `On \`${step.run.on}\`: \`${step.run.command}\`.`,
			zh: `在 \`${step.run.on}\` 上执行：\`${step.run.command}\`。`
		};
	const { from, replyTo, packet, hold } = step.send;
	const what = packetText(packet);
	const kept = hold
		? {
				en: ` It is held on \`${hold.on}\` in ${hold.hook.toUpperCase()}.`,
				zh: `它在 \`${hold.on}\` 的 ${hold.hook.toUpperCase()} 处停住。`
			}
		: { en: '', zh: '' };
	if (replyTo !== undefined)
		return {
			en: `\`${from}\` answers what came in step ${replyTo + 1}${what ? `: \`${what}\`` : ''}.${kept.en}`,
			zh: `\`${from}\` 应答第 ${replyTo + 1} 步收到的包${what ? `：\`${what}\`` : ''}。${kept.zh}`
		};
	return {
		en: `\`${from}\` sends \`${what || 'IP'}\`.${kept.en}`,
		zh: `\`${from}\` 发送 \`${what || 'IP'}\`。${kept.zh}`
	};
}
