import fc from 'fast-check';
import { expect, test } from 'vitest';
import { scanJson } from './scan-json.ts';

const limits = { depth: 8, keys: 20, string: 50 };
const nested = (depth: number) => '['.repeat(depth) + ']'.repeat(depth);

test.each([
	['8 levels', nested(8), null],
	['9 levels', nested(9), /deeper than 8/],
	['200,000 levels', nested(200_000), /deeper than 8/],
	['objects in objects', '{"a":'.repeat(9) + '1' + '}'.repeat(9), /deeper/],
	['20 names', JSON.stringify(Object.fromEntries([...Array(20).keys()].map((n) => [n, n]))), null],
	['21 names', JSON.stringify([...Array(21)].map(() => ({ a: 1 }))), /more than 20 names/],
	['a text of 50', JSON.stringify('x'.repeat(50)), null],
	['a text of 51', JSON.stringify(['x'.repeat(51)]), /text of more than 50/],
	['a long name', JSON.stringify({ ['x'.repeat(51)]: 1 }), /text of more than 50/],
	['__proto__', '{"__proto__":{"isAdmin":true}}', /__proto__/],
	['__proto__ in disguise', String.raw`{"\u005f_proto__":1}`, /__proto__/],
	['constructor', '{"a":{"constructor":1}}', /constructor/],
	['__proto__ as a value', '["__proto__"]', null],
	['a name twice', '{"a":1,"b":2,"a":3}', /twice/],
	['a name twice in disguise', String.raw`{"a":1,"\u0061":2}`, /twice/],
	['the same name in two objects', '[{"a":1},{"a":1}]', null],
	['a name like an earlier value', '{"a":"b","b":"a"}', null],
	['half a character', String.raw`"\ud83d"`, /half a character/],
	['both halves', String.raw`"\ud83d\ude00"`, null],
	['NUL', String.raw`{"a":"\u0000"}`, /NUL/],
	['a backslash before the quote', String.raw`{"a":"\\","b":"\""}`, null],
	['brackets in a text', '"[[[[[[[[[[[[{{{{"', null],
])('%s', (_, text, expected) => {
	const found = scanJson(text, limits);

	if (expected === null) {
		expect(found).toBeNull();
	} else {
		expect(found).toMatch(expected);
	}
});

test('what JSON.stringify writes within the limits is never refused', () => {
	const wide = { depth: 100, keys: 100_000, string: 100_000 };
	fc.assert(
		fc.property(fc.json({ maxDepth: 6, stringUnit: 'grapheme' }), (text) => {
			const isPolluted = /__proto__|constructor|prototype|\\u0000/.test(text);
			expect(isPolluted || scanJson(text, wide) === null).toBe(true);
		}),
	);
});

test('no text makes it fail, JSON or not', () => {
	fc.assert(
		fc.property(
			fc
				.array(fc.constantFrom('{', '}', '[', ']', '"', '\\', ',', ':', 'a', '1', '\\u', 'd83d'), {
					maxLength: 60,
				})
				.map((parts) => parts.join('')),
			(text) => {
				expect(['string', 'object']).toContain(typeof scanJson(text, limits));
			},
		),
		{ numRuns: 1000 },
	);
});
