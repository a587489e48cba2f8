/** `-j ECN`: the bits of explicit congestion notification (RFC 3168), of the IP header and of TCP's. */
import { TCP } from '../../../packet';
import { extension, isFor, onlyIn, type GivenOptions } from '../extension';

/** What is to be written; absent parts are kept. */
export interface EcnOptions {
	readonly ece?: number;
	readonly cwr?: number;
	readonly ect?: number;
}

/** In the order in which they are given: `--ecn-tcp-remove` forgets what was said before. */
function readEcn(given: GivenOptions): EcnOptions {
	given.atMostOne('--ecn-tcp-remove', '--ecn-tcp-ece');
	given.atMostOne('--ecn-tcp-remove', '--ecn-tcp-cwr');
	const ect = given.numberFrom('--ecn-ip-ect', 0, 3);
	const ece = given.numberFrom('--ecn-tcp-ece', 0, 1);
	const cwr = given.numberFrom('--ecn-tcp-cwr', 0, 1);
	const at = (name: string): number => given.list.findIndex(({ spec }) => spec.name === name);
	if (given.list.length === 0)
		throw given.refusal(
			'`ECN` needs --ecn-tcp-remove, --ecn-tcp-cwr, --ecn-tcp-ece or --ecn-ip-ect'
		);
	const removed = at('--ecn-tcp-remove');
	return {
		...(removed >= 0 ? { ece: 0, cwr: 0 } : undefined),
		...(ece !== undefined && { ece }),
		...(cwr !== undefined && { cwr }),
		...(ect !== undefined && at('--ecn-ip-ect') > removed && { ect })
	};
}

const isRemoval = ({ ece, cwr, ect }: EcnOptions): boolean =>
	ece === 0 && cwr === 0 && ect === undefined;

export const ecn = extension<EcnOptions>({
	name: 'ECN',
	options: [
		{ name: '--ecn-tcp-remove' },
		{ name: '--ecn-tcp-cwr', value: 'Number' },
		{ name: '--ecn-tcp-ece', value: 'Number' },
		{ name: '--ecn-ip-ect', value: 'Number' }
	],
	read: readEcn,
	save(options) {
		if (isRemoval(options)) return '--ecn-tcp-remove';
		const { ece, cwr, ect } = options;
		return [
			ece === undefined ? '' : `--ecn-tcp-ece ${ece}`,
			cwr === undefined ? '' : `--ecn-tcp-cwr ${cwr}`,
			ect === undefined ? '' : `--ecn-ip-ect ${ect}`
		]
			.filter((part) => part !== '')
			.join(' ');
	},
	list(options) {
		if (isRemoval(options)) return 'ECN TCP remove';
		const { ece, cwr, ect } = options;
		const parts = ['ECN'];
		if (ece !== undefined) parts.push(`ECE=${ece}`);
		if (cwr !== undefined) parts.push(`CWR=${cwr}`);
		if (ect !== undefined) parts.push(`ECT codepoint=${ect}`);
		return parts.join(' ');
	},
	statements: (options) => [{ kind: 'xt', name: 'ECN', options }],
	check({ ece, cwr }, place) {
		const fits = isFor(place, TCP) || (ece === undefined && cwr === undefined);
		return onlyIn('ECN', 'mangle', place) ?? (fits ? null : "`ECN` needs `-p tcp` for TCP's bits");
	}
});
