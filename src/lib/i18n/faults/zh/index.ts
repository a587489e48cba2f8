import { commands } from './commands';
import { exercises } from './exercises';
import { ipset } from './ipset';
import { iptables } from './iptables';
import { iptablesExpected } from './iptables-expected';
import { iptablesOptions } from './iptables-options';
import { json } from './json';
import { limits } from './limits';
import { nft } from './nft';
import { nftExpected } from './nft-expected';
import { nftMatch } from './nft-match';
import { nftSets } from './nft-sets';
import { nftTables } from './nft-tables';
import type { Pair } from './pair';
import { scenario } from './scenario';

export type { Pair } from './pair';

/** 出错时说的话，全部。 */
export const pairs: readonly Pair[] = [
	...scenario,
	...limits,
	...json,
	...exercises,
	...nft,
	...nftMatch,
	...nftTables,
	...nftSets,
	...nftExpected,
	...iptables,
	...iptablesOptions,
	...iptablesExpected,
	...ipset,
	...commands
];
