/** Marking many files in workers: one bad file never stops the rest. */
import type { Assignment } from '../circle/assignment';
import { MOST_BYTES } from '../circle/hostile';
import type { Mark } from '../circle/mark';
import type { Template } from '../format/make';
import { fetchTemplate } from './fetch';

/** A file handed in; its text is read when its turn comes. */
export interface Handed {
	readonly name: string;
	readonly size: number;
	text(): Promise<string>;
}

/** Milliseconds after which a file is given up. The bounds on work make this the last resort. */
const PATIENCE = 60_000;

/** The site's own files of an assignment's exercises; those it has not are left out. */
export async function templatesOf(assignment: Assignment): Promise<Map<string, Template>> {
	const found = await Promise.all(
		assignment.exercises.map(async (slug) => [slug, await fetchTemplate(slug)] as const)
	);
	return new Map(found.flatMap(([slug, template]) => (template ? [[slug, template]] : [])));
}

const spawn = (): Worker =>
	new Worker(new URL('./mark-worker.ts', import.meta.url), { type: 'module' });

/**
 * Mark files.
 *
 * @param onmark told of each mark as it comes
 * @param signal stops after the files that are being marked
 * @throws when exercises or the worker cannot be had: then nothing more is marked
 */
export async function markAll(
	files: readonly Handed[],
	assignment: Assignment,
	onmark: (mark: Mark) => void,
	signal?: AbortSignal
): Promise<void> {
	const templates = [...(await templatesOf(assignment))];
	const queue = [...files];
	const count = Math.max(1, Math.min(4, (navigator.hardwareConcurrency || 2) - 1, files.length));

	async function work(): Promise<void> {
		let worker: Worker | null = null;
		try {
			for (let next = queue.shift(); next && !signal?.aborted; next = queue.shift()) {
				if (next.size > MOST_BYTES) {
					onmark({ file: next.name, ok: false, why: 'too long' });
					continue;
				}
				let text: string;
				try {
					text = await next.text();
				} catch {
					onmark({ file: next.name, ok: false, why: 'unreadable' });
					continue;
				}
				if (!worker) {
					worker = spawn();
					worker.postMessage({ assignment, templates });
				}
				const mark = await ask(worker, next.name, text);
				if (mark === null) {
					worker.terminate();
					worker = null;
				}
				onmark(mark ?? { file: next.name, ok: false, why: 'not marked' });
			}
		} finally {
			worker?.terminate();
			// Whichever way one ends, there is nothing left for the others.
			queue.length = 0;
		}
	}
	await Promise.all(Array.from({ length: count }, work));
}

function ask(worker: Worker, file: string, text: string): Promise<Mark | null> {
	return new Promise((resolve) => {
		const timer = setTimeout(() => resolve(null), PATIENCE);
		const end = (mark: Mark | null): void => {
			clearTimeout(timer);
			resolve(mark);
		};
		worker.onmessage = ({ data }: MessageEvent<Mark>) => end(data);
		worker.onerror = (event) => {
			event.preventDefault();
			end(null);
		};
		worker.postMessage({ file, text });
	});
}
