import { compile } from 'mdsvex';
import { render } from 'svelte/server';
import { compile as compileSvelte } from 'svelte/compiler';
import { describe, expect, test } from 'vitest';
import { markdown } from '../../scripts/markdown/options.mjs';

const frontmatter = '---\ntitle: T\n---\n\n';

async function svelteOf(text: string, filename = 'a.md'): Promise<string> {
	const result = await compile(frontmatter + text, {
		...markdown,
		extension: '.md',
		filename
	});
	return result!.code;
}

/** The HTML that a lesson's text becomes, by way of Svelte's own compiler. */
async function htmlOf(text: string, file?: string): Promise<string> {
	const { js } = compileSvelte(await svelteOf(text, file), {
		generate: 'server',
		filename: 'a.svelte',
		runes: true
	});
	const url = `data:text/javascript,${encodeURIComponent(
		js.code.replace(
			/from '(svelte[^']*)'/g,
			(_, name: string) => `from '${import.meta.resolve(name)}'`
		)
	)}`;
	const { default: component } = await import(/* @vite-ignore */ url);
	return render(component).body.replace(/<!--.*?-->/g, '');
}

describe('a lesson’s Markdown', () => {
	test.each([
		['a < b and b > a', 'a &lt; b and b > a'],
		['ports <1024 need root', 'ports &lt;1024 need root'],
		['the set { 10.0.0.1, 10.0.0.2 }', 'the set { 10.0.0.1, 10.0.0.2 }'],
		['R&D &amp; more', 'R&amp;D &amp; more'],
		['conntrack --dump "x"', 'conntrack --dump "x"'],
		['`ct state { new, related }`', '<code>ct state { new, related }</code>'],
		['`a < b`', '<code>a &lt; b</code>']
	])('says %s', async (text, html) => {
		expect(await htmlOf(text)).toContain(html);
	});

	test('gives headings ids and lists them, Chinese ones too', async () => {
		const code = await svelteOf('## The entry\n\n### 条目 `tuple`\n');
		expect(code).toContain('id="the-entry"');
		const metadata = JSON.parse(/metadata = (\{.*\});/.exec(code)![1]!);
		expect(metadata.headings).toEqual([
			{ depth: 2, id: 'the-entry', text: 'The entry' },
			{ depth: 3, id: '条目-tuple', text: '条目 tuple' }
		]);
	});

	test('colours code when the site is built', async () => {
		const html = await htmlOf('```nft\ntcp dport { 80, 443 } accept # `x` ${y} \\n\n```\n');
		expect(html).toContain('var(--code-token-keyword)');
		expect(html.replace(/<[^>]+>/g, '')).toContain('tcp dport { 80, 443 } accept # `x` ${y} \\n');
	});

	test('lets long lines of code go on further in, and keeps options whole', async () => {
		const rule = '-A INPUT -m conntrack --ctstate RELATED,ESTABLISHED -j ACCEPT';
		const html = await htmlOf(`\`\`\`iptables\n\t${rule}\nCOMMIT\n\`\`\`\n`);
		expect(html).toContain('<span class="line" style="--in:6ch">');
		expect(html).toContain('<span class="whole">--ctstate</span>');
		expect(html.replace(/<[^>]+>/g, '')).toContain(`    ${rule}\nCOMMIT`);
	});

	test('leaves output in columns as wide as it is', async () => {
		const list = 'Chain INPUT (policy DROP)\n pkts bytes target     prot opt in     out\n';
		const html = await htmlOf(`\`\`\`console\n${list}\`\`\`\n`);
		expect(html).toMatch(/<pre class="[^"]*columns/);
		expect(html).not.toContain('--in');
	});

	test('keeps an option in prose in one piece', async () => {
		const html = await htmlOf('Run `nft -f x` or `conntrack`.');
		expect(html).toContain('<code>nft <span class="whole">-f</span> x</code>');
		expect(html).toContain('<code>conntrack</code>');
	});

	test('keeps the marks beside code on its line', async () => {
		const html = await htmlOf(
			'接口（`-i eth0`）。链 `DOCKER-USER`，和 `ftp`。With (`-p`), or `x` alone'
		);
		expect(html).toContain(
			'接口<span class="whole">（<code><span class="whole">-i</span> eth0</code>）。</span>链'
		);
		expect(html).toContain('<code><span class="whole">DOCKER-USER</span></code>，</span>和');
		expect(html).toContain('<span class="whole"><code>ftp</code>。</span>With');
		expect(html).toContain('-p</span></code>),</span> or <code>x</code> alone');
	});

	test('prints the quotation marks of English prose, not those of code and Chinese', async () => {
		const text = '"It\'s *the* client\'s", (\'so\') and **"so"**: `"x"`\n';
		expect(await htmlOf(text, 'content/en/reference/a.md')).toContain(
			'“It’s <em>the</em> client’s”, (‘so’) and <strong>“so”</strong>: <code>"x"</code>'
		);
		expect(await htmlOf(text, 'content/zh/reference/a.md')).toContain("client's\", ('so')");
	});

	test('has footnotes and tables', async () => {
		const html = await htmlOf('Text[^1].\n\n[^1]: A note.\n\n| a | b |\n|---|---|\n| 1 | 2 |\n');
		expect(html).toContain('class="footnotes"');
		expect(html).toMatch(/<div class="table-scroll"[^>]*>\s*<table>/);
	});

	test('heads no column with nothing', async () => {
		const corner = await htmlOf('| | b |\n|---|---|\n| 1 | 2 |\n');
		expect(corner.match(/<th>/g)).toHaveLength(1);
		const bare = await htmlOf('| | |\n|---|---|\n| 1 | 2 |\n');
		expect(bare).not.toMatch(/<thead|<th>/);
		expect(bare).toContain('<td>1</td>');
	});

	test('keeps room for some characters of a Chinese phrase in a table, not of a word', async () => {
		const html = await htmlOf('| 一 | 二 |\n|---|---|\n| 规则之前的回复元组 | 元组 |\n');
		expect(html).toContain('<td class="phrase">规则之前的回复元组</td>');
		expect(html).toContain('<td>元组</td>');
	});

	test('refuses frontmatter that is not valid, and a language that cannot be coloured', async () => {
		await expect(
			compile('---\ntitle: [\n---\n\nText.\n', { ...markdown, filename: 'a.md' })
		).rejects.toThrow();
		await expect(svelteOf('```cobol\nx\n```\n')).rejects.toThrow('"cobol"');
	});
});
