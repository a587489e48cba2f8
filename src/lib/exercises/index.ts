/** The exercises' door: files into templates, templates and seeds into exercises, answers into results. */
export * from './check';
export * from './examine';
export * from './format/changes';
export * from './format/exercise';
export * from './format/goal';
export * from './format/read';
export * from './format/words';
export * from './goals/finding';
export * from './kinds/answer';
export * from './kinds/result';
export { canDo, staged } from './kinds/construct';
export { tableKey } from './kinds/fill-in';
export { answerKey } from './kinds/questions';
export { repaired } from './kinds/repair';
export { traceKey } from './kinds/trace';
export { runScenario, type Run } from './run/run';
export { conditionWords } from './words/conditions';
export { aboutWords, reasonWords } from './words/findings';
