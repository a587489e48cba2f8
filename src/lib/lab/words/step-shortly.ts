import type { Step } from '$lib/scenario/scenario';

const FLAGS: Readonly<Record<string, string>> = {
	F: 'FIN',
	S: 'SYN',
	R: 'RST',
	P: 'PSH',
	A: 'ACK',
	U: 'URG',
	E: 'ECE',
	C: 'CWR'
};

/** A step in a few letters, where no words are needed: a packet by its flags, a command as it is. */
export function shortly(
	step: Step,
	words: { answer: string; seconds(n: number): string; goes(n: number): string }
): string {
	if ('advance' in step) return words.seconds(step.advance);
	if ('release' in step) return words.goes(step.release + 1);
	if ('run' in step) return step.run.command;
	const { packet, from } = step.send;
	const flags = [...(packet.tcp?.flags ?? '')].map((letter) => FLAGS[letter]).join(',');
	const kind = packet.udp
		? 'UDP'
		: packet.icmp
			? 'ICMP'
			: packet.tcp
				? flags || 'TCP'
				: words.answer;
	return `${from}: ${kind}`;
}
