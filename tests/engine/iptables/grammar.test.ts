import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { generateParser } from '../../../scripts/grammar.mjs';

describe('the committed parser', () => {
	it('is the one its grammar makes', () => {
		const folder = new URL('../../../src/lib/engine/rules/iptables/', import.meta.url);
		const grammar = readFileSync(new URL('iptables.peggy', folder), 'utf8');
		const parser = readFileSync(new URL('grammar.generated.js', folder), 'utf8');
		expect(parser === generateParser(grammar, 'iptables.peggy')).toBe(true);
	});
});
