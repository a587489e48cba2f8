import { spawn } from 'node:child_process';
import { fileURLToPath } from 'node:url';

/** The project's folder. */
export const root = fileURLToPath(new URL('../..', import.meta.url));

/**
 * Runs a program in the project's folder with its output shown, and without anything to read.
 * @param {string} program
 * @param {string[]} args
 * @param {Record<string, string>} [env] laid over this process's own
 * @returns {Promise<number>} its exit status; 1 if it could not be started or was killed
 */
export function run(program, args, env = {}) {
	return new Promise((resolve) => {
		const child = spawn(program, args, {
			cwd: root,
			env: { ...process.env, ...env },
			stdio: ['ignore', 'inherit', 'inherit'],
			shell: process.platform === 'win32' && !program.endsWith('.exe')
		});
		child.on('error', (error) => {
			console.error(`${program}: ${error.message}`);
			resolve(1);
		});
		child.on('exit', (code) => resolve(code ?? 1));
	});
}

/**
 * Runs a script of an installed package under this Node.
 * @param {string} script path below node_modules
 * @param {string[]} args
 * @param {Record<string, string>} [env]
 */
export function runPackage(script, args, env) {
	return run(process.execPath, [`node_modules/${script}`, ...args], env);
}
