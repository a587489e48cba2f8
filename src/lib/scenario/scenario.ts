/**
 * The scenario file, version 1: its shape, and checks whose messages say where and what.
 */
import * as v from 'valibot';
import { issueMessage } from './issue';
import { lineColumn, toldOffset } from './json-place';
import type { PacketJson } from './packet-json';
import { checkMeaning } from './scenario-meaning';
import { KINDS, shape, stepOf } from './scenario-schema';

export interface InterfaceSpec {
	address?: string | string[] | undefined;
	/** Wire hosts: where packets for elsewhere go. */
	via?: string | undefined;
	mtu?: number | undefined;
}

export interface HostSpec {
	kind: 'wire' | 'linux';
	interfaces: Record<string, InterfaceSpec>;
	routes?: { to: string; via?: string | undefined; dev?: string | undefined }[] | undefined;
	sysctl?: Record<string, number | string> | undefined;
	nft?: string | string[] | undefined;
	iptables?: string | string[] | undefined;
	ipset?: string | string[] | undefined;
	/** Words for a reader; nothing here changes what happens. */
	label?: string | undefined;
}

export interface Hold {
	on: string;
	hook: 'input' | 'forward' | 'output';
}

export type Step =
	| {
			send: {
				from: string;
				packet: PacketJson;
				replyTo?: number | undefined;
				hold?: Hold | undefined;
			};
	  }
	| { release: number }
	| { advance: number }
	| { run: { on: string; command: string } };

export interface Scenario {
	version: 1;
	title?: string | undefined;
	hosts: Record<string, HostSpec>;
	links: string[][];
	steps: Step[];
}

/** Something wrong with a scenario: where (`steps[0].send.from`) and what. */
export interface ScenarioError {
	readonly path: string;
	readonly message: string;
}

export type ParsedScenario =
	| { readonly ok: true; readonly scenario: Scenario }
	| { readonly ok: false; readonly errors: readonly ScenarioError[] };

function pathOf(issue: v.BaseIssue<unknown>, prefix = ''): string {
	let path = prefix;
	for (const item of issue.path ?? []) {
		const key = item.key as string | number;
		if (typeof key === 'number') path += `[${key}]`;
		else path += path === '' ? key : `.${key}`;
	}
	return path === '' ? '(file)' : path;
}

function tell(issue: v.BaseIssue<unknown>, prefix = ''): ScenarioError {
	return { path: pathOf(issue, prefix), message: issueMessage(issue) };
}

/** Read a scenario file's text. */
export function parseScenario(source: string): ParsedScenario {
	let json: unknown;
	try {
		json = JSON.parse(source);
	} catch (error) {
		const offset = toldOffset(error);
		const path = offset === null ? '(file)' : lineColumn(source, offset);
		return { ok: false, errors: [{ path, message: 'this is not JSON' }] };
	}
	return checkScenario(json);
}

/** Check a value that is to be a scenario. */
export function checkScenario(json: unknown): ParsedScenario {
	const result = v.safeParse(shape, json);
	const errors: ScenarioError[] = result.success ? [] : result.issues.map((issue) => tell(issue));
	const steps = (json as { steps?: unknown } | null)?.steps;
	if (Array.isArray(steps)) steps.forEach((one, i) => errors.push(...checkStep(one, i)));
	if (errors.length > 0) return { ok: false, errors };
	const scenario = json as Scenario;
	errors.push(...checkMeaning(scenario));
	return errors.length > 0 ? { ok: false, errors } : { ok: true, scenario };
}

function checkStep(one: unknown, index: number): ScenarioError[] {
	const path = `steps[${index}]`;
	if (typeof one !== 'object' || one === null) return [];
	const kinds = KINDS.filter((kind) => Object.hasOwn(one, kind));
	if (kinds.length !== 1)
		return [{ path, message: 'expected exactly one of send, release, advance, run' }];
	const result = v.safeParse(stepOf[kinds[0]!]!, one);
	return result.success ? [] : result.issues.map((issue) => tell(issue, path));
}

export { asText } from './as-text';
