import { readFileSync, readdirSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { checkScenario, parseScenario } from '../../src/lib/scenario/scenario';

const FOLDER = new URL('../kernel/scenarios/', import.meta.url);
const sample = (): Record<string, unknown> & { steps: unknown[] } =>
	JSON.parse(readFileSync(new URL('reverse-snat.json', FOLDER), 'utf8'));

function errorsOf(change: (scenario: ReturnType<typeof sample>) => void): string[] {
	const scenario = sample();
	change(scenario);
	const result = checkScenario(scenario);
	return result.ok ? [] : result.errors.map(({ path, message }) => `${path}: ${message}`);
}

describe('a scenario file', () => {
	it('every recorded one passes', () => {
		for (const file of readdirSync(FOLDER)) {
			const result = parseScenario(readFileSync(new URL(file, FOLDER), 'utf8'));
			expect(result.ok ? [] : result.errors, file).toEqual([]);
		}
	});

	it('says where a name leads nowhere', () => {
		expect(
			errorsOf(
				(s) =>
					(s.steps[0] = {
						send: {
							from: 'client/eth1',
							packet: { ip: { src: '1.1.1.1', dst: '1.1.1.2' }, udp: {} }
						}
					})
			)
		).toEqual(['steps[0].send.from: no interface client/eth1']);
		expect(
			errorsOf((s) => (s.steps[1] = { run: { on: 'client', command: 'nft list ruleset' } }))
		).toContain('steps[1].run.on: no linux host client');
		expect(errorsOf((s) => (s['links'] = [['client/eth0', 'gateway/nowhere']]))).toContain(
			'links[0][1]: no interface gateway/nowhere'
		);
	});

	it('says what a field should have been', () => {
		expect(
			errorsOf(
				(s) =>
					(s.steps[0] = {
						send: {
							from: 'client/eth0',
							packet: { ip: { src: '1.1.1.300', dst: '1.1.1.2' }, udp: {} }
						}
					})
			)
		).toEqual(['steps[0].send.packet.ip.src: `1.1.1.300` is no IPv4 address']);
		expect(
			errorsOf(
				(s) =>
					(s.steps[0] = {
						send: {
							from: 'client/eth0',
							packet: { ip: { src: '1.1.1.3', dst: '1.1.1.2' }, tcp: { flags: 'SX' } }
						}
					})
			)
		).toEqual(['steps[0].send.packet.tcp.flags: expected letters of FSRPAUEC, each at most once']);
		expect(errorsOf((s) => (s.steps[0] = { wait: 3 }))).toEqual([
			'steps[0]: expected exactly one of send, release, advance, run'
		]);
		expect(errorsOf((s) => delete s['links'])).toEqual(['links: is missing']);
		expect(errorsOf((s) => (s['version'] = 2))).toEqual([
			'version: expected 1, the only version there is'
		]);
	});

	it('refuses an answer to a step that comes later', () => {
		expect(
			errorsOf((s) => (s.steps[0] = { send: { from: 'client/eth0', replyTo: 3, packet: {} } }))
		).toEqual(['steps[0].send.replyTo: step 3 is no earlier step']);
	});

	it('tells the place of what is not JSON', () => {
		const result = parseScenario('{\n  "version": 1,\n  oops\n}');
		expect(result.ok ? null : result.errors[0]).toEqual({
			path: 'line 3, column 3',
			message: 'this is not JSON'
		});
	});

	it('takes no harm from hostile names', () => {
		for (const name of ['__proto__', 'constructor', 'toString'])
			expect(errorsOf((s) => (s.steps = [{ run: { on: name, command: 'true' } }]))).toEqual([
				`steps[0].run.on: no linux host ${name}`
			]);
	});
});
