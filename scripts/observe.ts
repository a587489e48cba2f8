/** `npm run --silent observe -- FILE…`: one observation a scenario file, one JSON line each. */
import { readFileSync } from 'node:fs';
import { observe } from '../src/lib/scenario/observe';
import { parseScenario } from '../src/lib/scenario/scenario';

const files = process.argv.slice(2);
if (files.length === 0) {
	process.stderr.write('usage: npm run --silent observe -- FILE…\n');
	process.exit(2);
}

function complain(file: string, errors: readonly { path: string; message: string }[]): void {
	const { path, message } = errors[0]!;
	const more = errors.length > 1 ? ` (and ${errors.length - 1} more)` : '';
	process.stderr.write(`${file}: ${path}: ${message}${more}\n`);
	process.exitCode = 2;
}

for (const file of files) {
	let source: string;
	try {
		source = readFileSync(file, 'utf8');
	} catch (error) {
		complain(file, [{ path: '(file)', message: (error as Error).message }]);
		continue;
	}
	const parsed = parseScenario(source);
	if (!parsed.ok) {
		complain(file, parsed.errors);
		continue;
	}
	const observed = observe(parsed.scenario);
	if (!observed.ok) complain(file, observed.errors);
	else process.stdout.write(`${JSON.stringify(observed.observation)}\n`);
}
