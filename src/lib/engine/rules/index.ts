/** Rules in both languages: read, changed by commands, listed, asked. */
export * from './ruleset';
export type * from './context';
export type { RuleTextError } from './errors';
export { formatRuleTextError } from './errors';
export { evaluateChain } from './evaluate';
export { applyNft, runNftCommand } from './nft/apply';
export type { NftCommandResult, NftResult } from './nft/apply';
export type { NftEnvironment } from './nft/transaction';
export { printChain, printRule, printRuleset, printTable } from './nft/print';
export type { PrintOptions } from './nft/print';
export { tokenizeNft } from './nft/tokens';
export type { Token, TokenKind } from './nft/tokens';

import type { Ruleset } from './ruleset';

/** No tables at all. */
export const emptyRuleset: Ruleset = { tables: [] };
