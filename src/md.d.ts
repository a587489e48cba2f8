// A lesson, as the Markdown pipeline makes it. No top-level import or export: this file is ambient.
declare module '*.md' {
	const component: import('svelte').Component;
	export default component;
	export const metadata: import('./lib/course/lesson').LessonModuleMetadata;
}
