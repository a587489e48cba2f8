/** What the build knows beside one lesson's text, read from the project's files. */
import { existsSync, readFileSync, readdirSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { fillFacts } from '../../src/lib/course/build/expand';
import type { Site } from '../../src/lib/course/build/prepare';
import { glossaryOf, type Term } from '../../src/lib/course/glossary';
import { lessonOrder, readPlan, type Plan } from '../../src/lib/course/plan';
import { examineVariant, readExercise } from '../../src/lib/exercises';
import { parseScenario, type Scenario } from '../../src/lib/scenario/scenario';

export { termFinder } from '../../src/lib/course/build/terms';
export { prepareLesson, preparePage } from '../../src/lib/course/build/prepare';

const content = (path: string): string =>
	fileURLToPath(new URL(`../../content/${path}`, import.meta.url));

function scenario(name: string): Scenario {
	const path = content(`scenarios/${name}.json`);
	if (!existsSync(path)) throw new Error(`there is no content/scenarios/${name}.json`);
	const parsed = parseScenario(readFileSync(path, 'utf8'));
	if (parsed.ok) return parsed.scenario;
	const wrong = parsed.errors.map((error) => `${error.path}: ${error.message}`);
	throw new Error(`content/scenarios/${name}.json: ${wrong.join('; ')}`);
}

function repair(slug: string): string | undefined {
	const path = content(`exercises/${slug}.json`);
	if (!existsSync(path)) return `there is no content/exercises/${slug}.json`;
	const read = readExercise(readFileSync(path, 'utf8'), scenario);
	const errors = read.ok ? examineVariant(read.template, null) : read.errors;
	if (errors.length === 0) return undefined;
	return errors.map((error) => `${error.path}: ${error.message}`).join('; ');
}

function scenarioOf(slug: string): string | undefined {
	const file = JSON.parse(readFileSync(content(`exercises/${slug}.json`), 'utf8')) as {
		scenario?: unknown;
	};
	return typeof file.scenario === 'string' ? file.scenario : undefined;
}

/** The project's own content. */
export function projectSite(): Site {
	const terms = projectGlossary();
	return {
		scenario,
		repair,
		scenarioOf,
		page: (name) =>
			existsSync(content(`${name}.md`)) ? readFileSync(content(`${name}.md`), 'utf8') : undefined,
		term: (language, id) => terms[language as 'en' | 'zh'].find((term) => term.id === id)?.term,
		plan: plan()
	};
}

function plan(): Plan {
	return readPlan(JSON.parse(readFileSync(content('course.json'), 'utf8')));
}

/** All terms by language, read anew. */
export function projectGlossary(): Record<'en' | 'zh', Term[]> {
	const files = ['en', 'zh'].flatMap((language) =>
		readdirSync(content(`${language}/glossary`)).map((name) => {
			const path = `${language}/glossary/${name}`;
			return [path, readFileSync(content(path), 'utf8')] as const;
		})
	);
	return glossaryOf(Object.fromEntries(files), lessonOrder(plan()), (text) =>
		fillFacts(text, { scenario })
	);
}

/** Paths of all lessons, `language/slug`. */
export function lessonNames(): string[] {
	return ['en', 'zh'].flatMap((language) =>
		readdirSync(content(`${language}/lessons`))
			.filter((name) => name.endsWith('.md'))
			.map((name) => `${language}/${name.slice(0, -3)}`)
	);
}

/** The text of a lesson, `language/slug`. */
export function lessonText(name: string): string {
	const [language, slug] = name.split('/');
	return readFileSync(content(`${language}/lessons/${slug}.md`), 'utf8');
}
