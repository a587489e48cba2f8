/** The privileged half of the runner as a value: a Python process that does what it is told. */
import { spawn, spawnSync } from 'node:child_process';
import type { ChildProcessWithoutNullStreams } from 'node:child_process';
import { createInterface } from 'node:readline';
import type { Interface } from 'node:readline';
import { fileURLToPath } from 'node:url';

/** One operation of `agent/main.py`: its name in `do`, its arguments beside it. */
export interface Operation {
	readonly do: string;
	readonly [argument: string]: unknown;
}

/** What a command did. */
export interface CommandResult {
	readonly exit: number;
	readonly stdout: string;
	readonly stderr: string;
}

/** A verdict that a trace told. */
export type TraceLine =
	| {
			readonly table: string;
			readonly chain: string;
			readonly rule: number;
			readonly verdict: string;
	  }
	| { readonly table: string; readonly chain: string; readonly policy: string };

/** What `observe` gives: packets as hex, and each linux host's state. */
export interface Sighting {
	readonly out: readonly { readonly at: string; readonly packet: string }[];
	readonly hosts: Readonly<
		Record<
			string,
			{
				readonly events: readonly string[];
				readonly table: readonly string[];
				readonly trace: readonly TraceLine[];
				/** Ids of packets that have stopped in the holding queue. */
				readonly held: readonly number[];
			}
		>
	>;
}

const MAIN = fileURLToPath(new URL('./agent/main.py', import.meta.url));

/**
 * The interpreter itself. What is called `python3` may be a version manager's script, which looks for it anew each time
 * and takes ten times as long for that as Python does to start.
 */
const PYTHON = spawnSync('python3', ['-c', 'import sys; print(sys.executable)'], {
	encoding: 'utf8'
}).stdout?.trim();

/** One process, one scenario: namespaces and all that is in them end with it. */
export class Agent {
	readonly #process: ChildProcessWithoutNullStreams;
	readonly #waiting: { resolve: (line: string) => void; reject: (error: Error) => void }[] = [];
	readonly #lines: Interface;
	#complaints = '';

	constructor() {
		this.#process = spawn(PYTHON || 'python3', ['-B', MAIN]);
		this.#lines = createInterface({ input: this.#process.stdout });
		this.#lines.on('line', (line) => this.#waiting.shift()?.resolve(line));
		this.#process.stderr.on('data', (data) => (this.#complaints += String(data)));
		this.#process.on('exit', () => {
			for (const { reject } of this.#waiting.splice(0)) {
				reject(new Error(`the kernel runner's agent ended: ${this.#complaints.trim()}`));
			}
		});
	}

	/** Carries out operations in order and gives their results; throws the first one's failure. */
	async request(...operations: Operation[]): Promise<unknown[]> {
		const line = await new Promise<string>((resolve, reject) => {
			this.#waiting.push({ resolve, reject });
			this.#process.stdin.write(JSON.stringify(operations) + '\n');
		});
		const answer = JSON.parse(line) as unknown[] | { error: string };
		if (!Array.isArray(answer)) throw new Error(answer.error);
		return answer;
	}

	/** Lets go of everything. */
	async end(): Promise<void> {
		if (this.#process.exitCode !== null) return;
		const gone = new Promise((resolve) => this.#process.once('exit', resolve));
		this.#process.stdin.end();
		await gone;
	}
}
