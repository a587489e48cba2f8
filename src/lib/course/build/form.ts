/** The form of a lesson: its sections in their order, predictions with answers, Labs that wait for them. */
import { lineAt, type Fault, type Source, type SourceTag } from './scan';
import { propertiesOf, type Properties } from './tags';

/** The sections of a lesson, in order, by the ids of their headings; situation and summary have none. */
export const SECTIONS = [
	'situation',
	'predict',
	'walk',
	'break',
	'repair',
	'machine',
	'remember',
	'read-on'
] as const;
export type Section = (typeof SECTIONS)[number];

/** A component with its properties. */
export interface Part {
	readonly tag: SourceTag;
	readonly properties: Properties;
}

export interface Choice {
	readonly text: string;
	readonly correct: boolean;
	readonly why: string;
}

export interface LessonQuestion {
	readonly id: string;
	readonly line: number;
	readonly choices: readonly Choice[];
}

/** What a lesson consists of, beside its prose. */
export interface LessonParts {
	readonly questions: readonly LessonQuestion[];
	/** Labs: the name of each one's scenario, and the question that it waits for. */
	readonly labs: readonly { line: number; scenario: string; gate: string | undefined }[];
	/** Exercises by slug. */
	readonly repairs: readonly { line: number; exercise: string }[];
}

/**
 * The lesson's parts, and what is wrong with its form.
 * @param waits sections that need not be there yet
 */
export function checkForm(source: Source, waits: readonly string[] = []): { parts: LessonParts; faults: Fault[] } {
	const faults: Fault[] = [];
	const tags: Part[] = [];
	for (const tag of source.tags) {
		if (tag.name === 'Fact' || tag.name === 'Term') continue;
		try {
			tags.push({ tag, properties: propertiesOf(tag) });
		} catch (error) {
			faults.push({ line: tag.line, message: (error as Error).message });
		}
	}
	const named = (name: string) => tags.filter(({ tag }) => tag.name === name);
	const questions = named('Question').map((part) => readQuestion(part, faults));
	const labs = tags
		.filter(({ properties }) => 'scenario' in properties)
		.map((part) => readLab(part, source, faults));
	const repairs = named('Repair').map(({ tag, properties }) => {
		const { exercise } = properties;
		if (typeof exercise !== 'string' || exercise === '')
			faults.push({ line: tag.line, message: '<Repair> has exercise="SLUG"' });
		return { line: tag.line, exercise: String(exercise) };
	});
	const parts = { questions, labs, repairs };
	checkGates(parts, faults);
	checkHeadings(source, faults);
	const places = sectionPlaces(source, parts, tags);
	for (const section of SECTIONS)
		if (places[section] === undefined && !waits.includes(section))
			faults.push({ line: source.bodyLine, message: `${section}: ${MISSING[section]}` });
	const there = SECTIONS.filter((section) => places[section] !== undefined);
	there.forEach((section, index) => {
		const before = there[index - 1];
		if (before && places[section]! < places[before]!)
			faults.push({ line: places[section]!, message: `${section} stands before ${before}` });
	});
	return { parts, faults };
}

const MISSING: Record<Section, string> = {
	situation: 'a lesson begins with a situation, in prose, before its first heading',
	predict: 'a lesson has a heading {#predict} with a <Question> below',
	walk: 'a lesson has a <Lab> whose gate waits for a question',
	break: 'a lesson has a heading {#break} with a <Lab> or a <Question> below',
	repair: 'a lesson has a heading {#repair} with a <Repair> below',
	machine: 'a lesson has a heading {#machine} with a block of bash or console below',
	remember: 'a lesson has a <Summary>',
	'read-on': 'a lesson has a heading {#read-on} with links or man pages below'
};

/** The line that each section begins with, where it is there and has what belongs to it. */
function sectionPlaces(source: Source, parts: LessonParts, tags: readonly Part[]): Partial<Record<Section, number>> {
	const { headings } = source;
	const first = headings[0]?.line ?? Infinity;
	const paragraph = source.prose
		.split('\n')
		.findIndex((line, index) => index + 1 >= source.bodyLine && index + 1 < first && /^\s*(?:[^\s<#]|<(?:Fact|Term)\s)/.test(line));
	const below = (id: string, has: (from: number, to: number) => boolean): number | undefined => {
		const index = headings.findIndex((heading) => heading.id === id);
		if (index < 0) return undefined;
		const { line, depth } = headings[index]!;
		const end = headings.slice(index + 1).find((next) => next.depth <= depth)?.line ?? Infinity;
		return has(line, end) ? line : undefined;
	};
	const within =
		(list: readonly { line: number }[]) =>
		(from: number, to: number): boolean =>
			list.some(({ line }) => line > from && line < to);
	const commands = source.fences.filter(({ language }) => language === 'bash' || language === 'console');
	const places: Partial<Record<Section, number | undefined>> = {
		situation: paragraph < 0 ? undefined : paragraph + 1,
		predict: below('predict', within(parts.questions)),
		walk: parts.labs.find(({ gate }) => gate !== undefined)?.line,
		break: below('break', within([...parts.labs, ...parts.questions])),
		repair: below('repair', within(parts.repairs)),
		machine: below('machine', within(commands)),
		remember: tags.find(({ tag }) => tag.name === 'Summary')?.tag.line,
		'read-on': below('read-on', (from, to) =>
			/\]\(\S+\)|`man /.test(source.prose.split('\n').slice(from, to === Infinity ? undefined : to - 1).join('\n'))
		)
	};
	return places as Partial<Record<Section, number>>;
}

function readQuestion({ tag, properties }: Part, faults: Fault[]): LessonQuestion {
	const { id } = properties;
	const wrong = (message: string) => void faults.push({ line: tag.line, message: `question ${id}: ${message}` });
	const choices = Array.isArray(properties.choices) ? (properties.choices as Record<string, unknown>[]) : [];
	if (typeof id !== 'string' || !/^[a-z][a-z0-9-]*$/.test(id)) wrong('id: small letters, digits and hyphens');
	if (!properties.question) wrong('asks nothing');
	if (choices.length < 2) wrong('has fewer than two choices');
	const right = choices.filter(({ correct }) => correct === true).length;
	if (right !== 1) wrong(`has ${right} right answers; exactly one choice has correct: true`);
	choices.forEach((choice, index) => {
		for (const field of ['text', 'why'] as const)
			if (typeof choice[field] !== 'string' || choice[field].trim() === '')
				wrong(`choice ${index + 1} has no ${field}`);
		for (const key of Object.keys(choice))
			if (!['text', 'why', 'correct'].includes(key)) wrong(`choice ${index + 1}: unknown ${key}`);
	});
	return {
		id: String(id),
		line: tag.line,
		choices: choices.map(({ text, why, correct }) => ({
			text: String(text),
			why: String(why),
			correct: correct === true
		}))
	};
}

function readLab({ tag, properties }: Part, source: Source, faults: Fault[]) {
	const { scenario, gate } = properties as { scenario: { name?: string }; gate?: { question?: string } };
	const path = source.imports.get(scenario?.name ?? '') ?? '';
	const name = /^\$content\/scenarios\/([\w-]+)\.json$/.exec(path)?.[1];
	if (!name)
		faults.push({
			line: tag.line,
			message: `<${tag.name}> has scenario={NAME}, and the script imports NAME from '$content/scenarios/….json'`
		});
	return { line: tag.line, scenario: name ?? '', gate: gate?.question };
}

function checkGates({ questions, labs }: LessonParts, faults: Fault[]): void {
	const ids = questions.map(({ id }) => id);
	questions.forEach(({ id, line }, index) => {
		if (ids.indexOf(id) !== index) faults.push({ line, message: `question ${id} is asked twice` });
	});
	for (const { line, gate } of labs) {
		if (gate === undefined) continue;
		const asked = questions.find(({ id }) => id === gate);
		if (!asked) faults.push({ line, message: `the Lab waits for the question ${gate}, which is not asked` });
		else if (asked.line > line)
			faults.push({ line, message: `the Lab waits for the question ${gate}, which is asked below it` });
	}
}

function checkHeadings({ headings, prose }: Source, faults: Fault[]): void {
	const ids = headings.flatMap(({ id }) => id ?? []);
	headings.forEach(({ id, line, depth }) => {
		if (id && ids.indexOf(id) !== ids.lastIndexOf(id)) faults.push({ line, message: `#${id} is there twice` });
		if (depth === 1) faults.push({ line, message: 'the title is the only heading of the first level' });
	});
	for (const { index } of prose.matchAll(/^#{1,6}[^#\s]/gm))
		faults.push({ line: lineAt(prose, index), message: 'a heading has a blank after its #' });
}
