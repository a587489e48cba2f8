/**
 * `npm run lessons -- [SLUG…]`: checks lessons as the build does, without building. Prints each fault with file and line;
 * exit status 1 where there are any. Without names: all lessons. `--show` prints what a lesson becomes.
 */
import { lessonNames, lessonText, prepareLesson, projectSite } from './markdown/site';

const given = process.argv.slice(2);
const slugs = given.filter((word) => !word.startsWith('--'));
const site = projectSite();
const names = lessonNames();
for (const slug of slugs)
	if (!names.includes(`en/${slug}`) || !names.includes(`zh/${slug}`))
		console.error(`${slug}: is not there in both languages`);
let wrong = 0;
for (const name of names) {
	const [language, slug = ''] = name.split('/');
	if (slugs.length > 0 && !slugs.includes(slug)) continue;
	const { text, faults } = prepareLesson(lessonText(name), name, site);
	wrong += faults.length;
	for (const { line, message } of faults)
		console.error(`content/${language}/lessons/${slug}.md:${line}: ${message}`);
	if (given.includes('--show')) console.log(text);
}
process.exitCode = wrong > 0 ? 1 : 0;
