/**
 * What a page of text may use of the Lab. All of it is light: a Lab, or a view, comes as a picture with the page and is
 * fetched when it is seen.
 *
 * `Lab` is the whole instrument. `LabTime` holds a scenario and its timeline for views that stand apart, anywhere
 * between its tags, Markdown between them:
 *
 *     <LabTime scenario={scenario}>
 *
 *     The packet comes in …
 *
 *     <PathView />
 *
 *     … and this is what the table then says.
 *
 *     <TableView />
 *
 *     <StepperView />
 *
 *     </LabTime>
 *
 * All views of one `LabTime` show one moment; a step in one is a step in all. Two of them on a page do not mix. A view
 * outside of any `LabTime` is an error that says so.
 */
export { default as Lab } from './LateLab.svelte';
export { default as LabTime } from './alone/LabTime.svelte';
export { default as LadderView } from './alone/LadderView.svelte';
export { default as NetworkView } from './alone/NetworkView.svelte';
export { default as PacketView } from './alone/PacketView.svelte';
export { default as PathView } from './alone/PathView.svelte';
export { default as RulesView } from './alone/RulesView.svelte';
export { default as StepperView } from './alone/StepperView.svelte';
export { default as TableView } from './alone/TableView.svelte';
export { default as TcpView } from './alone/TcpView.svelte';
export { default as TranscriptView } from './alone/TranscriptView.svelte';
export { ALL_VIEWS, USUAL_VIEWS, type ViewName } from './views/names';
