// Questions and pages find the gate here; it is defined with the Lab, which it holds back.
export { provideQuestionGate, questionGate, type QuestionGate } from '$lib/lab/gate.svelte';
