/** `npm run --silent mark -- DIR --assignment FILE|LINK [--csv | --class ROSTER.csv]`: see `tools/mark-command.ts`. */
import { markCommand } from './tools/mark-command';

process.exitCode = markCommand(process.argv.slice(2), {
	out: (text) => process.stdout.write(text),
	error: (text) => process.stderr.write(text)
});
