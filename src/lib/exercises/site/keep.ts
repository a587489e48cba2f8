/** A student's work on this machine, in IndexedDB. Whatever the browser forbids is told, never thrown. */
import { createStore, del, entries, update } from 'idb-keyval';
import * as v from 'valibot';
import type { Act } from '../circle/acts';
import type { Assignment, Student } from '../circle/assignment';
import { checkAssignment, studentKey } from '../circle/assignment';
import type { Answer } from '../kinds/answer';

export interface Kept {
	readonly assignment: Assignment;
	readonly student: Student;
	/** By slug. */
	readonly work: Readonly<
		Record<
			string,
			{
				readonly acts: readonly Act[];
				readonly draft?: Answer;
				/** What was typed and could not be read, by host and part. */
				readonly unread?: Readonly<Record<string, string>>;
			}
		>
	>;
	/** Which page wrote it last, and how often it was written. */
	readonly writer: string;
	readonly revision: number;
}

const shape = v.looseObject({
	student: v.looseObject({ name: v.string(), number: v.string() }),
	work: v.record(
		v.string(),
		v.looseObject({
			acts: v.array(v.looseObject({})),
			unread: v.optional(v.record(v.string(), v.string()))
		})
	),
	writer: v.string(),
	revision: v.number()
});

let store: ReturnType<typeof createStore> | null = null;
const ours = (): ReturnType<typeof createStore> =>
	(store ??= createStore('conntrack-lab-work', 'work'));

function readKept(value: unknown): Kept | null {
	if (typeof value !== 'object' || value === null) return null;
	const assignment = checkAssignment((value as { assignment?: unknown }).assignment);
	return assignment.ok && v.is(shape, value) ? (value as unknown as Kept) : null;
}

/** What kept work is known by: two students on one machine have each their own. */
export const keyOf = ({ assignment, student }: Pick<Kept, 'assignment' | 'student'>): string =>
	`${assignment.id} ${studentKey(student)}`;

/** Everything that is kept. What stands under an older key, the assignment's id alone, is given its own. */
async function read(): Promise<Kept[]> {
	const all = (await entries<string, unknown>(ours())).flatMap(([key, value]) => {
		const kept = readKept(value);
		return kept ? [{ key, kept }] : [];
	});
	const moved = all.filter(({ key, kept }) => key !== keyOf(kept));
	for (const { key, kept } of moved) {
		await update<unknown>(keyOf(kept), (before) => before ?? kept, ours());
		await del(key, ours());
	}
	return [...new Map(all.map(({ kept }) => [keyOf(kept), kept])).values()];
}

/** The work on an assignment, of one student or of several; `'forbidden'` where the page may not look. */
export async function recallWork(id: string): Promise<Kept[] | 'forbidden'> {
	try {
		return (await read()).filter(({ assignment }) => assignment.id === id);
	} catch {
		return 'forbidden';
	}
}

/** All work on this machine. */
export async function allWork(): Promise<Kept[]> {
	try {
		return await read();
	} catch {
		return [];
	}
}

/**
 * Keep work. `elsewhere`: another page has written since this one did; then nothing is written.
 *
 * @param seen the revision that this page wrote or read last
 */
export async function keepWork(work: Kept, seen: number): Promise<'kept' | 'failed' | 'elsewhere'> {
	let outcome: 'kept' | 'elsewhere' = 'kept';
	try {
		await update<unknown>(
			keyOf(work),
			(before) => {
				const known = readKept(before);
				if (known && known.writer !== work.writer && known.revision > seen) {
					outcome = 'elsewhere';
					return before;
				}
				return JSON.parse(JSON.stringify(work)) as Kept;
			},
			ours()
		);
		return outcome;
	} catch {
		return 'failed';
	}
}

export async function forgetWork(kept: Kept): Promise<void> {
	try {
		await del(keyOf(kept), ours());
	} catch {
		// It was not to be reached in the first place.
	}
}
