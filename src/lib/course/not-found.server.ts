import { both, htmlLang, languages } from '$lib/i18n';

// The page is sent for addresses at any depth, below a base that is not known when it is built: it carries all it needs.
// Where scripts run, the nearest folder above that is the root of the site (it has the version file) gets the links right.
const script = `(async () => {
	for (let folder = location.pathname; folder; ) {
		folder = folder.replace(/[^/]*\\/?$/, '');
		if (!folder) break;
		const answer = await fetch(folder + '_app/version.json', { method: 'HEAD' }).catch(() => null);
		if (!answer || !answer.ok) continue;
		// The answer may be there before the links are.
		if (document.readyState === 'loading') await new Promise((done) => addEventListener('DOMContentLoaded', done));
		for (const link of document.querySelectorAll('a')) link.href = folder + link.lang.slice(0, 2) + '/';
		break;
	}
})();
try {
	const theme = localStorage.getItem('conntrack-lab:theme');
	if (theme === 'light' || theme === 'dark') document.documentElement.style.colorScheme = theme;
} catch {}`;

const style = `
:root { color-scheme: light dark; background: light-dark(#fbfaf6, #14171c); color: light-dark(#1d2330, #e7e5de); }
body { margin: 0 auto; max-width: 40rem; padding: 4rem 1.25rem; font: 1.0625rem/1.6 system-ui, "Noto Sans CJK SC", "PingFang SC", sans-serif; }
section + section { margin-top: 2.5rem; padding-top: 1.5rem; border-top: 1px solid light-dark(#d9d6cb, #363c46); }
h1 { font-size: 1.75rem; line-height: 1.25; margin: 0 0 0.5rem; }
a { color: light-dark(#17588f, #8cc2f0); }
`;

async function sourceHash(source: string): Promise<string> {
	const digest = await crypto.subtle.digest('SHA-256', new TextEncoder().encode(source));
	return `'sha256-${btoa(String.fromCharCode(...new Uint8Array(digest)))}'`;
}

/** The page for what does not exist, in all languages, complete in itself. */
export async function notFoundPage(): Promise<string> {
	const policy = [
		"default-src 'none'",
		"connect-src 'self'",
		`script-src ${await sourceHash(script)}`,
		`style-src ${await sourceHash(style)}`,
		"base-uri 'none'",
		"form-action 'none'"
	].join('; ');
	const sections = languages.map((language) => {
		const t = both[language].error;
		const lang = htmlLang[language];
		return `<section lang="${lang}">
<h1>${t.notFound}</h1>
<p>${t.notFoundText}</p>
<p><a lang="${lang}" href="/${language}/">${t.home}</a></p>
</section>`;
	});
	return `<!doctype html>
<html lang="${htmlLang[languages[0]]}">
<head>
<meta charset="utf-8">
<meta http-equiv="content-security-policy" content="${policy}">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>404 · ${both[languages[0]].site.name}</title>
<style>${style}</style>
<script>${script}</script>
</head>
<body>
<main>
${sections.join('\n')}
</main>
</body>
</html>
`;
}
