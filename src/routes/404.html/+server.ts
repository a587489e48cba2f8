import { notFoundPage } from '$lib/course/not-found.server';

export const prerender = true;

/** What a web server sends, with status 404, for an address that does not exist. */
export async function GET() {
	return new Response(await notFoundPage(), {
		headers: { 'content-type': 'text/html; charset=utf-8' }
	});
}
