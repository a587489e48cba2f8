/** A lesson's Markdown as it is written, made ready for the Markdown compiler: checked, facts filled in. */
import type { Language } from '../../i18n/languages';
import { frontmatterOf } from '../lesson-index';
import { lessonOrder, type Plan } from '../plan';
import { play } from '../facts/play';
import { checkBlock } from './blocks';
import { expand, isFilled, type Library } from './expand';
import { checkForm, type LessonParts } from './form';
import { checkLinks, type LinkTargets } from './links';
import { lineAt, scan, type Fault, type Source } from './scan';

/** What stands between these in a heading's text is its id; the compiler's own step takes it out. */
const ID_OPEN = '\uE000';
const ID_CLOSE = '\uE001';

export interface Prepared {
	readonly text: string;
	readonly parts: LessonParts;
	readonly faults: readonly Fault[];
}

/** What the build knows: scenarios, the plan, and exercises where there are any. */
export interface Site extends Library {
	readonly plan: Plan;
	/** Whether an exercise is there and its own solution solves it: what is wrong, or nothing. */
	repair(exercise: string): string | undefined;
	/** The source of a page, by `language/lessons/slug` or `language/reference/slug`. */
	page(name: string): string | undefined;
	/** A term of the glossary by its id, in one language. */
	term(language: string, id: string): string | undefined;
	/** The scenario that an exercise's file names, where it does. */
	scenarioOf(exercise: string): string | undefined;
}

/** Components that a lesson may use, and where each lives. They are imported for it; its own imports of them give way. */
const COMPONENTS: Record<string, string> = {
	Lab: '$lib/lab/LateLab.svelte',
	LabTime: '$lib/lab/alone/LabTime.svelte',
	NetworkView: '$lib/lab/alone/NetworkView.svelte',
	PathView: '$lib/lab/alone/PathView.svelte',
	PacketView: '$lib/lab/alone/PacketView.svelte',
	TableView: '$lib/lab/alone/TableView.svelte',
	LadderView: '$lib/lab/alone/LadderView.svelte',
	TcpView: '$lib/lab/alone/TcpView.svelte',
	RulesView: '$lib/lab/alone/RulesView.svelte',
	TranscriptView: '$lib/lab/alone/TranscriptView.svelte',
	StepperView: '$lib/lab/alone/StepperView.svelte',
	Callout: '$lib/course/Callout.svelte',
	Question: '$lib/course/Question.svelte',
	Repair: '$lib/course/Repair.svelte',
	Summary: '$lib/course/Summary.svelte'
};

/**
 * Checks a lesson and fills in what the engine knows.
 * @param name `language/slug`
 */
export function prepareLesson(text: string, name: string, site: Site): Prepared {
	const [language = '', slug = ''] = name.split('/');
	const source = scan(text);
	const faults: Fault[] = [];
	try {
		frontmatterOf(text);
	} catch (error) {
		faults.push({ line: 1, message: (error as Error).message });
	}
	const form = checkForm(source, site.plan.unfinished?.[slug]);
	faults.push(...form.faults, ...checkBlocks(source, form.parts, site), ...checkRepairs(form.parts, site));
	const expanded = expand(source, site, language as Language);
	faults.push(...expanded.faults);
	const terms = withTerms(expanded.text, (id) => site.term(language, id));
	const links = checkLinks(terms.text, `lessons/${slug}/`, targetsOf(site, language));
	faults.push(...terms.faults, ...links.faults);
	return {
		text: faults.length > 0 ? text : withImports(withHeadingIds(links.text), source, form.parts, site),
		parts: form.parts,
		faults: faults.sort((a, b) => a.line - b.line)
	};
}

/** A page of the reference: its blocks are checked and its facts filled in; it has no form. */
export function preparePage(text: string, name: string, site: Site): Prepared {
	const [language = 'en', slug = ''] = name.split('/') as [Language, string];
	const source = scan(text);
	const parts: LessonParts = { questions: [], labs: [], repairs: [] };
	const expanded = expand(source, site, language);
	const terms = withTerms(expanded.text, (id) => site.term(language, id));
	const links = checkLinks(terms.text, `reference/${slug}/`, targetsOf(site, language));
	const faults = [
		...checkBlocks(source, parts, site),
		...expanded.faults,
		...terms.faults,
		...links.faults
	];
	return { text: withHeadingIds(links.text), parts, faults };
}

function targetsOf(site: Site, language: string): LinkTargets {
	return {
		planned: lessonOrder(site.plan),
		page: (address) => site.page(`${language}/${address.replace(/\/$/, '')}`),
		hasTerm: (id) => site.term(language, id) !== undefined
	};
}

function checkBlocks(source: Source, { labs }: LessonParts, site: Site): Fault[] {
	const names = [...new Set(labs.map(({ scenario }) => scenario))].filter((name) => name !== '');
	const faults: Fault[] = [];
	const worlds = () =>
		names.flatMap((name) => {
			const scenario = site.scenario(name);
			// Before the first step and after the last: a rule may be there only then.
			return [play(scenario, -1), play(scenario)];
		});
	for (const name of names)
		try {
			site.scenario(name);
		} catch (error) {
			const line = labs.find(({ scenario }) => scenario === name)!.line;
			return [{ line, message: (error as Error).message }];
		}
	for (const fence of source.fences) if (!isFilled(fence)) faults.push(...checkBlock(fence, worlds));
	return faults;
}

function checkRepairs({ repairs }: LessonParts, site: Site): Fault[] {
	return repairs.flatMap(({ line, exercise }) => {
		const wrong = site.repair(exercise);
		return wrong === undefined ? [] : [{ line, message: `the repair ${exercise}: ${wrong}` }];
	});
}

/** A term's markup; the glossary stands two folders above a lesson. */
function termMarkup(id: string, words: string): string {
	return `<a class="term" href="../../glossary/#${id}" data-term="${id}">${words}</a>`;
}

/** `<Term id="…" />` and `<Term id="…">words</Term>` become links to the glossary. */
function withTerms(
	text: string,
	term: (id: string) => string | undefined
): { text: string; faults: Fault[] } {
	const faults: Fault[] = [];
	const marked = text.replace(
		/<Term\s+id="([^"]*)"\s*(?:\/>|>([^<]*)<\/Term>)/g,
		(_, id: string, words: string | undefined, offset: number) => {
			const known = term(id);
			if (known === undefined)
				faults.push({ line: lineAt(text, offset), message: `no term ${id} in the glossary` });
			return termMarkup(id, words ?? known ?? id);
		}
	);
	return { text: marked, faults };
}

function withHeadingIds(text: string): string {
	return text.replace(/^(#{2,6}\s+.*?)[ \t]*\{#([\w-]+)\}[ \t]*$/gm, `$1${ID_OPEN}$2${ID_CLOSE}`);
}

/** The script gets the components that it does not import; each repair gets its exercise's file. */
function withImports(text: string, { tags, imports }: Source, { repairs }: LessonParts, site: Site): string {
	const names = [...new Set(tags.map(({ name }) => name))];
	const known = names.filter((name) => Object.hasOwn(COMPONENTS, name));
	const lines = known.map((name) => `import ${name} from '${COMPONENTS[name]}';`);
	let body = text.replace(/^[ \t]*import (\w+) from ['"][^'"\n]+['"];?[ \t]*$/gm, (line, name: string) =>
		imports.has(name) && Object.hasOwn(COMPONENTS, name) ? '' : line
	);
	repairs.forEach(({ exercise }, index) => {
		const scenario = site.scenarioOf(exercise);
		lines.push(`import exercise${index} from '$content/exercises/${exercise}.json';`);
		// A browser fetches them when the repair is begun; what is said of it stands in the page.
		const file = `(await import('$content/exercises/${exercise}.json')).default`;
		const used = scenario
			? `(await import('$content/scenarios/${scenario}.json')).default`
			: 'undefined';
		const load = `async () => ({ file: ${file}, scenario: ${used} })`;
		body = body.replace(
			new RegExp(`(<Repair\\s[^>]*exercise="${exercise}"[^>]*?)\\s*/>`),
			`$1 file={import.meta.env.SSR ? exercise${index} : undefined} load={${load}} />`
		);
	});
	if (lines.length === 0) return body;
	const added = lines.join(' ');
	if (/^<script[\s>]/m.test(body)) return body.replace(/^<script[^>]*>/m, (tag) => `${tag} ${added}`);
	const frontmatter = /^---\r?\n[\s\S]*?\n---[ \t]*$/m;
	return body.replace(frontmatter, (lines) => `${lines}\n\n<script>${added}</script>`);
}
