import { spawn } from 'node:child_process';
import { fileURLToPath } from 'node:url';

/** The project's folder. */
export const root = fileURLToPath(new URL('../..', import.meta.url));

/** What a program prints, kept until there is room for it. */
export class Printed {
	/** @type {Buffer[]} */
	#pieces = [];

	/** @param {Buffer | string} piece */
	add(piece) {
		this.#pieces.push(Buffer.from(piece));
	}

	show() {
		process.stdout.write(Buffer.concat(this.#pieces));
		this.#pieces = [];
	}
}

/**
 * Runs a program in the project's folder, without anything to read.
 * @param {string} program
 * @param {string[]} args
 * @param {Record<string, string>} [env] laid over this process's own
 * @param {Printed} [printed] takes its output; without it, the output is shown as it comes
 * @returns {Promise<number>} its exit status; 1 if it could not be started or was killed
 */
export function run(program, args, env = {}, printed) {
	return new Promise((resolve) => {
		const out = printed ? 'pipe' : 'inherit';
		const child = spawn(program, args, {
			cwd: root,
			env: { ...process.env, ...env },
			stdio: ['ignore', out, out],
			shell: process.platform === 'win32' && !program.endsWith('.exe')
		});
		for (const stream of [child.stdout, child.stderr])
			stream?.on('data', (piece) => printed?.add(piece));
		child.on('error', (error) => {
			console.error(`${program}: ${error.message}`);
			resolve(1);
		});
		child.on('close', (code) => resolve(code ?? 1));
	});
}

/**
 * Runs a script of an installed package under this Node.
 * @param {string} script path below node_modules
 * @param {string[]} args
 * @param {Record<string, string>} [env]
 * @param {Printed} [printed]
 */
export function runPackage(script, args, env, printed) {
	return run(process.execPath, [`node_modules/${script}`, ...args], env, printed);
}
