import { describe, expect, test } from 'vitest';
import { FREE, MOST_ACTS, standingOf } from '../../src/lib/exercises/circle/acts';
import { seedOf } from '../../src/lib/exercises/circle/assignment';
import { bestOf, duplicatesOf, markFile, marksText } from '../../src/lib/exercises/circle/mark';
import type { Mark } from '../../src/lib/exercises/circle/mark';
import { submissionText } from '../../src/lib/exercises/circle/submission';
import { ENGINE_VERSION } from '../../src/lib/exercises/circle/version';
import { emptyAnswer, solutionOf } from '../../src/lib/exercises/check';
import type { Answers, FillInAnswer, RepairAnswer } from '../../src/lib/exercises/kinds/answer';
import {
	SIX,
	ada,
	assignment,
	bao,
	exerciseFor,
	mark,
	solving,
	submissionOf,
	templates
} from './circle-kit';
import { Random } from '../../src/lib/exercises/variants/random';

const solvedIn = (one: Mark): string[] =>
	one.ok ? one.exercises.filter(({ solved }) => solved).map(({ slug }) => slug) : [];

describe('a mark', () => {
	test('is what the log comes to, exercise by exercise', () => {
		expect(solvedIn(mark(submissionOf(ada, SIX)))).toEqual(SIX);
		expect(solvedIn(mark(submissionOf(ada, ['two-syns-race'])))).toEqual(['two-syns-race']);
		expect(mark(submissionOf(ada, []))).toMatchObject({ ok: true, solved: 0, of: 6, remarks: [] });
	});

	test('of another student’s answers is nothing where the variants differ, and it says so', () => {
		const slug = 'two-tuples-one-line';
		const stolen = submissionText(assignment, bao, { [slug]: solving(ada, slug) });
		expect(mark(stolen)).toMatchObject({ solved: 0, remarks: [] });
		// The whole file under another name: the variants are Ada's.
		const renamed = submissionOf(ada, SIX).replace('"s-101"', '"s-102"');
		const marked = mark(renamed);
		expect(marked).toMatchObject({ remarks: ['wrong variant'] });
		expect(solvedIn(marked)).not.toContain(slug);
	});

	test('counts tries up to the one that solved it', () => {
		const slug = 'dnat-to-nobody';
		const wrong = { do: 'try', answer: emptyAnswer(exerciseFor(ada, slug)) } as const;
		const acts = [wrong, wrong, ...solving(ada, slug), wrong];
		const marked = mark(submissionText(assignment, ada, { [slug]: acts }));
		expect(marked.ok && marked.exercises[0]).toMatchObject({ solved: true, tries: 3 });
	});

	test('knows no more tries than the teacher allowed, whatever the file says', () => {
		const strict = { ...assignment, attempts: 1 };
		const slug = 'dnat-to-nobody';
		const wrong = { do: 'try', answer: emptyAnswer(exerciseFor(ada, slug)) } as const;
		const acts = [wrong, ...solving(ada, slug)];
		const own = submissionText(assignment, ada, { [slug]: acts });
		const marked = mark(own, strict);
		expect(marked).toMatchObject({ solved: 0, remarks: ['other rules'] });
	});

	test('does not ask how digits and signs were typed', () => {
		const wide = (text: string): string =>
			text.replace(/[!-~]/g, (sign) => String.fromCharCode(sign.charCodeAt(0) + 0xfee0));
		const cells = solutionOf(exerciseFor(ada, 'two-tuples-one-line')) as FillInAnswer;
		const filled = {
			cells: Object.fromEntries(
				Object.entries(cells.cells).map(([cell, text]) => [cell, wide(text)])
			)
		};
		const { answers } = solutionOf(exerciseFor(ada, 'what-the-client-sees')) as Answers;
		const typed = { answers: answers.map((one) => (typeof one === 'string' ? wide(one) : one)) };
		expect(answers.some((one) => typeof one === 'string')).toBe(true);
		const text = submissionText(assignment, ada, {
			'two-tuples-one-line': [{ do: 'try', answer: filled }],
			'what-the-client-sees': [{ do: 'try', answer: typed }]
		});
		expect(mark(text)).toMatchObject({ solved: 2 });
	});

	test('counts no try that could not be run', () => {
		const slug = 'dnat-to-nobody';
		const strict = { ...assignment, attempts: 1 };
		const [right] = solving(ada, slug, strict);
		const { changes } = (right as { answer: RepairAnswer }).answer;
		const [host] = Object.keys(changes);
		const slip = {
			do: 'try',
			answer: { changes: { [host!]: { nft: 'table ip nat {' } } }
		} as const;
		const marked = mark(submissionText(strict, ada, { [slug]: [slip, slip, right!] }), strict);
		expect(marked.ok && marked.exercises[0]).toMatchObject({ solved: true, tries: 1 });
	});

	test('is of the first 400 acts, where a file has more, and it says so', () => {
		const slug = 'what-the-client-sees';
		const wrong = { do: 'try', answer: emptyAnswer(exerciseFor(ada, slug)) } as const;
		const wrongs = Array.from({ length: MOST_ACTS }, () => wrong);
		const late = mark(
			submissionText(assignment, ada, { [slug]: [...wrongs, ...solving(ada, slug)] })
		);
		expect(late).toMatchObject({ ok: true, solved: 0, remarks: ['too many acts'] });
		const early = mark(
			submissionText(assignment, ada, { [slug]: [...solving(ada, slug), ...wrongs] })
		);
		expect(early).toMatchObject({ ok: true, solved: 1, remarks: ['too many acts'] });
	});

	test('is never given for a solution that was shown', () => {
		const slug = 'dnat-to-nobody';
		const exercise = exerciseFor(ada, slug);
		const wrong = { do: 'try', answer: emptyAnswer(exercise) } as const;
		const shown = [wrong, { do: 'solution' }, ...solving(ada, slug)] as const;
		expect(standingOf(exercise, FREE, shown)).toMatchObject({ solved: false, shown: true });
		// Where solutions cannot be shown, the act is no act.
		expect(standingOf(exercise, { ...FREE, solutions: false }, shown)).toMatchObject({
			solved: true
		});
	});

	test('is refused with a word for files of another assignment, engine or form', () => {
		const file = submissionOf(ada, SIX);
		const why = (text: string): unknown => {
			const one = mark(text);
			return one.ok ? 'marked' : one.why;
		};
		expect(why('')).toBe('unreadable');
		expect(why(file.slice(0, 500))).toBe('unreadable');
		expect(why('{"a": 1}')).toBe('not a submission');
		expect(why(`"${'x'.repeat(2_000_001)}"`)).toBe('too long');
		expect(why(file.replace('"abcdefghjk"', '"zbcdefghjk"'))).toBe('other assignment');
		const engine = (n: number): string =>
			file.replace(`"engine": ${ENGINE_VERSION}`, `"engine": ${n}`);
		expect(why(engine(ENGINE_VERSION + 1))).toBe('other engine');
		expect(why(engine(0))).toBe('other engine');
		expect(why(engine(ENGINE_VERSION))).toBe('marked');
	});
});

test('1,000 tampered logs: the mark is always that of the replay', () => {
	const seed = Number(process.env.SEED ?? Date.now() % 1e9);
	const random = new Random(`tamper ${seed}`);
	const pick = <T>(list: readonly T[]): T => list[random.below(list.length)]!;
	const honest = Object.fromEntries(SIX.map((slug) => [slug, solving(ada, slug)]));
	const foreign = Object.fromEntries(SIX.map((slug) => [slug, solving(bao, slug)]));
	let lifted = 0;
	for (let i = 0; i < 1000; i++) {
		// What was really solved, and a file that claims more in every way there is.
		const truly = SIX.filter(() => random.below(3) === 0);
		const file = JSON.parse(
			submissionText(assignment, ada, Object.fromEntries(truly.map((s) => [s, honest[s]!])))
		) as Record<string, any>; // eslint-disable-line @typescript-eslint/no-explicit-any -- broken on purpose
		const slug = pick(SIX);
		const empty = { do: 'try', answer: emptyAnswer(exerciseFor(ada, slug)) };
		const tricks: (() => unknown)[] = [
			() => (file.work[slug].acts = [{ do: 'solved' }, ...file.work[slug].acts]),
			() => file.work[slug].acts.push({ do: 'try', answer: { answers: [true] } }),
			() => file.work[slug].acts.push({ ...empty, solved: true }),
			() => file.work[slug].acts.unshift(empty, empty),
			() => (file.assignment.variants = 'none'),
			() => (file.assignment.attempts = 99),
			() => (file.assignment.exercises = [pick(SIX)]),
			() => file.work[slug].acts.push({ do: 'hint' }, { do: 'hint' }),
			() => (file.work[slug].variant = '0'),
			() => (file.work.more = { variant: '0', acts: [] }),
			() => file.work[slug].acts.push(foreign[slug]![0]),
			() => (file.work[slug].acts = foreign[slug])
		];
		for (let n = 0; n <= random.below(3); n++) pick(tricks)();
		const marked = mark(JSON.stringify(file));
		if (!marked.ok) continue;
		// The reference: each exercise's own acts, replayed by the teacher's rules, one by one.
		for (const one of marked.exercises) {
			const acts = (file.work[one.slug]?.acts ?? []) as unknown[];
			const right = JSON.stringify(honest[one.slug]![0]);
			const same = JSON.stringify(foreign[one.slug]![0]) === right;
			const solvedThere = acts.some((act) => JSON.stringify(act) === right);
			if (one.solved && !solvedThere && !same) {
				// Another's answer may be right by chance where the variants are alike in what is asked.
				const { solved } = standingOf(exerciseFor(ada, one.slug), FREE, foreign[one.slug]!);
				if (!solved) lifted++;
			}
			if (solvedThere) expect(one.solved, `seed ${seed}, case ${i}`).toBe(true);
		}
	}
	expect(lifted, `seed ${seed}`).toBe(0);
}, 300_000);

describe('many files', () => {
	const files: [string, string][] = [
		['b.json', submissionOf(bao, ['two-syns-race'])],
		['a2.json', submissionOf(ada, SIX)],
		['a1.json', submissionOf(ada, ['two-syns-race'])],
		['copy.json', submissionOf(ada, SIX)],
		['bad.json', '{']
	];
	const marks = files.map(([name, text]) => markFile(name, text, assignment, templates));

	test('files by one student and files that are the same are named', () => {
		const { sameStudent, sameWork } = duplicatesOf(marks);
		expect(sameStudent).toEqual([['a2.json', 'a1.json', 'copy.json']]);
		expect(sameWork).toEqual([['a2.json', 'copy.json']]);
	});

	test('of a student’s files the best counts', () => {
		expect(bestOf(marks).map(({ file, solved }) => [file, solved])).toEqual([
			['a2.json', 6],
			['b.json', 1]
		]);
	});

	test('the report does not depend on the order in which files were read', () => {
		expect(marksText(assignment, [...marks].reverse())).toBe(marksText(assignment, marks));
	});
});

test('variants are the same for the same student, and differ between students', () => {
	const slug = 'two-tuples-one-line';
	const same = [ada, { name: 'ada again', number: ' S-101 ' }].map((one) =>
		JSON.stringify(exerciseFor(one, slug))
	);
	expect(same[0]).toBe(same[1]);
	const many = Array.from({ length: 50 }, (_, i) =>
		JSON.stringify(exerciseFor({ name: '', number: String(i) }, slug))
	);
	expect(new Set(many).size).toBeGreaterThan(45);
	expect(seedOf({ ...assignment, variants: 'one' }, ada, slug)).toBe(
		seedOf({ ...assignment, variants: 'one' }, bao, slug)
	);
	expect(seedOf({ ...assignment, variants: 'none' }, ada, slug)).toBeNull();
});
