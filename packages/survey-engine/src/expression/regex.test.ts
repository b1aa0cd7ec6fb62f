import fc from 'fast-check';
import { expect, test } from 'vitest';
import { ExpressionError } from './ast.ts';
import { compilePattern } from './regex.ts';

test.each([
	['[0-9]+', '12345', true],
	['[0-9]+', '123a', false],
	['[0-9]{3}', '1234', false],
	['^[A-Z][a-z]*$', 'Maple', true],
	['(ab|c)*', 'abcab', true],
	['a{2,3}', 'aaaa', false],
	['a{2,}', 'aaaa', true],
	['a??b+?', 'abb', true],
	['[^,]+', 'a,b', false],
	['[]a]', ']', true],
	['[a-]', '-', true],
	['\\d{5}(-\\d{4})?', '55802-0001', true],
	['\\w+\\.\\w+', 'a.b', true],
	['\\s', '\t', true],
	['.', '😀', true],
	['.', '\n', false],
	['', '', true],
	['a|', '', true],
	['x{', 'x{', true],
	['a^b', 'ab', false],
	['a$b', 'ab', false],
])('pattern %j on %j is %j', (pattern, text, expected) => {
	expect(compilePattern(pattern)(text)).toBe(expected);
});

test.each([
	'(',
	')',
	'[a',
	'*a',
	'a**',
	'\\',
	'\\1',
	'\\b',
	'(?=a)',
	'[z-a]',
	'a{3,2}',
	'(((a{99}){99}){99})',
	'('.repeat(60),
])('pattern %j is refused with an error of our own', (pattern) => {
	expect(() => compilePattern(pattern)).toThrow(ExpressionError);
});

test.each(['(a+)+', '(a|a)*', '(a|aa)+', 'a*a*a*a*a*a*a*'])(
	'%j, which a backtracking engine would not finish, is decided on a long text',
	(pattern) => {
		expect(compilePattern(pattern)('a'.repeat(2000) + '!')).toBe(false);
	},
);

test('the verdict is that of the regular expressions of JavaScript', () => {
	const atom = fc.constantFrom(
		'a',
		'b',
		'.',
		'[ab]',
		'[^a]',
		'\\w',
		'(a|b)',
		'(?:ab)',
		'(a*)',
		'(|b)',
	);
	const repeat = fc.constantFrom('', '', '*', '+', '?', '{2}', '{1,2}', '*?');
	const pattern = fc
		.array(fc.tuple(atom, repeat), { maxLength: 4 })
		.map((parts) => parts.flat().join(''));
	const text = fc
		.array(fc.constantFrom('a', 'b', 'c'), { maxLength: 6 })
		.map((list) => list.join(''));
	fc.assert(
		fc.property(pattern, text, (source, value) => {
			expect(compilePattern(source)(value)).toBe(new RegExp(`^(?:${source})$`, 'u').test(value));
		}),
		{ numRuns: 2000 },
	);
});
