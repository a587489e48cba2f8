/** The iptables language: texts and commands into the one ruleset, and back. */
export { applyIptablesRestore, type RestoreOptions, type RestoreResult } from './restore';
export { isIptablesCommand, runIptablesCommand, type CommandResult } from './run';
export { iptablesRules, iptablesSave, ruleText } from './print';
export { iptablesList } from './list';
export { tokenizeIptables, type IptablesToken } from './tokens';
export type { RuleEnvironment } from './tables';
export type { IptablesRule } from './rule';
export { PROTOCOLS } from './names';
