/** TCP's flags and options as they are read aloud, options with the bytes that they stand in. */
import { ACK, CWR, ECE, FIN, PSH, RST, SYN, URG, get16, get32 } from '$lib/engine';

const FLAGS: readonly (readonly [bit: number, name: string])[] = [
	[FIN, 'FIN'],
	[SYN, 'SYN'],
	[RST, 'RST'],
	[PSH, 'PSH'],
	[ACK, 'ACK'],
	[URG, 'URG'],
	[ECE, 'ECE'],
	[CWR, 'CWR']
];

/** `SYN,ACK`; `none` when no flag is set. */
export function flagNames(flags: number): string {
	const names = FLAGS.filter(([bit]) => flags & bit).map(([, name]) => name);
	return names.length > 0 ? names.join(',') : 'none';
}

export interface OptionField {
	readonly label: string;
	readonly value: string;
	/** Bytes among the options, from the first to before the last. */
	readonly from: number;
	readonly to: number;
	/** Padding. */
	readonly minor: boolean;
}

/** Name and value of an option by its kind (RFC 9293 3.2, RFC 7323, RFC 2018). */
function optionText(bytes: Uint8Array): [label: string, value: string] {
	const length = bytes.length;
	switch (bytes[0]) {
		case 2:
			if (length === 4) return ['mss', String(get16(bytes, 2))];
			break;
		case 3:
			if (length === 3) return ['wscale', String(bytes[2])];
			break;
		case 4:
			if (length === 2) return ['sackOK', 'yes'];
			break;
		case 5:
			if (length >= 10 && (length - 2) % 8 === 0) {
				const blocks: string[] = [];
				for (let at = 2; at < length; at += 8)
					blocks.push(`${get32(bytes, at)}–${get32(bytes, at + 4)}`);
				return ['sack', blocks.join(' ')];
			}
			break;
		case 8:
			if (length === 10) return ['ts', `${get32(bytes, 2)} ecr ${get32(bytes, 6)}`];
	}
	return [`option ${bytes[0]}`, `${length} B`];
}

/** The options one by one; padding between two of them is one field, and so is what makes no sense. */
export function optionFields(options: Uint8Array): OptionField[] {
	const fields: OptionField[] = [];
	const taken = new Map<string, number>();
	const add = (label: string, value: string, from: number, to: number, minor: boolean): void => {
		// Keys are made of labels: the second `nop` is another field than the first.
		const count = (taken.get(label) ?? 0) + 1;
		taken.set(label, count);
		fields.push({ label: count > 1 ? `${label} ${count}` : label, value, from, to, minor });
	};
	let at = 0;
	while (at < options.length) {
		const kind = options[at]!;
		if (kind === 0) {
			add('end', `${options.length - at} B`, at, options.length, true);
			break;
		}
		if (kind === 1) {
			let end = at;
			while (options[end] === 1) end++;
			add('nop', `${end - at} B`, at, end, true);
			at = end;
			continue;
		}
		const length = options[at + 1] ?? 0;
		if (length < 2 || at + length > options.length) {
			add('malformed', `${options.length - at} B`, at, options.length, false);
			break;
		}
		const [label, value] = optionText(options.subarray(at, at + length));
		add(label, value, at, at + length, false);
		at += length;
	}
	return fields;
}
