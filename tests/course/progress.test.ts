import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import {
	lessonRecord,
	merged,
	nothingDone,
	withLesson,
	writeProgress,
	type Progress
} from '../../src/lib/course/progress/record';
import { readProgress } from '../../src/lib/course/progress/read';

const done: Progress = {
	version: 1,
	lessons: {
		states: { read: true, predicted: { 'syn-ack': 'wrong' }, repaired: ['only-the-answer'] }
	}
};

test('what is exported can be imported', () => {
	expect(readProgress(writeProgress(done))).toEqual({ ok: true, progress: done });
});

test.each([
	['nothing', '', 'not JSON'],
	['half of it', writeProgress(done).slice(0, 40), 'not JSON'],
	['another version', '{"version":2,"lessons":{}}', 'version'],
	[
		'an answer that is neither',
		'{"version":1,"lessons":{"a":{"predicted":{"q":"maybe"}}}}',
		'lessons.a.predicted.q'
	],
	['more than it may have', '{"version":1,"lessons":{},"x":1}', 'x'],
	['a name that is none', '{"version":1,"lessons":{"A b":{"read":true}}}', ''],
	['a list', '[]', '']
])('%s is not read, and it is said why', (_, text, where) => {
	const read = readProgress(text);
	expect(read.ok).toBe(false);
	if (!read.ok) expect(`${read.problem.path}: ${read.problem.message}`).toContain(where);
});

test('a name that means something to the language changes nothing', () => {
	const read = readProgress('{"version":1,"lessons":{"__proto__":{"read":true},"constructor":{}}}');
	expect(read.ok && lessonRecord(read.progress, 'states').read).toBe(undefined);
	expect({}).not.toHaveProperty('read');
});

test('no text makes it throw', () => {
	fc.assert(
		fc.property(fc.oneof(fc.string(), fc.json()), (text) => {
			readProgress(text);
		})
	);
});

describe('two records together', () => {
	test('lose nothing that either has', () => {
		const here = withLesson(nothingDone, 'states', (record) => ({
			...record,
			read: false,
			predicted: { 'syn-ack': 'right' }
		}));
		expect(lessonRecord(merged(here, done), 'states')).toEqual({
			read: true,
			predicted: { 'syn-ack': 'right' },
			repaired: ['only-the-answer']
		});
		expect(merged(done, nothingDone)).toEqual(done);
		expect(merged(nothingDone, done)).toEqual(done);
	});

	test('twice the same is once', () => {
		expect(merged(done, done)).toEqual(done);
	});
});
