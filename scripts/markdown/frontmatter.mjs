import { parse } from 'yaml';

/**
 * The frontmatter of a lesson. Throws on YAML that is not valid; mdsvex's own parser would drop all of it and say nothing.
 * @param {string} text
 * @returns {Record<string, unknown>}
 */
export function parseFrontmatter(text) {
	const value = parse(text);
	if (typeof value !== 'object' || value === null || Array.isArray(value))
		throw new Error('frontmatter: must be a list of names and values');
	return value;
}
