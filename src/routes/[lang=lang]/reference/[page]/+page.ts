import { error } from '@sveltejs/kit';
import type { Component } from 'svelte';
import type { LessonModuleMetadata } from '$lib/course/lesson';

interface PageModule {
	default: Component;
	metadata: Pick<LessonModuleMetadata, 'headings'>;
}

const modules = import.meta.glob<PageModule>('/content/*/reference/*.md');

export async function load({ params, data }) {
	const read = modules[`/content/${params.lang}/reference/${params.page}.md`];
	if (!read) error(404, 'no such page');
	const { default: Content, metadata } = await read();
	return { ...data, Content, headings: metadata.headings };
}
