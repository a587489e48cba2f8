import { error } from '@sveltejs/kit';
import type { Component } from 'svelte';
import type { LessonModuleMetadata } from '$lib/course/lesson';

interface LessonModule {
	default: Component;
	metadata: LessonModuleMetadata;
}

// Loaded one by one: a page fetches its own lesson and no other.
const modules = import.meta.glob<LessonModule>('/content/*/lessons/*.md');

export async function load({ params, data }) {
	const read = modules[`/content/${params.lang}/lessons/${params.slug}.md`];
	if (!read) error(404, 'no such lesson');
	const { default: Content, metadata } = await read();
	return { ...data, Content, headings: metadata.headings };
}
