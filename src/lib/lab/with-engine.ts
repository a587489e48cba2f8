/** What a Lab fetches when something is to be run. */
export { runTimeline } from '$lib/timeline/run';
export { printedRule } from './model/print-rule';
export { ruleErrors } from './model/rule-errors';
export { default as RuleErrors } from './views/RuleErrors.svelte';
