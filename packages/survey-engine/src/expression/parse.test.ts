import fc from 'fast-check';
import { expect, test } from 'vitest';
import { ExpressionError, type BinaryOperator, type Expression } from './ast.ts';
import { maxNesting, maxNodes, parseExpression } from './parse.ts';
import { printExpression } from './print.ts';
import { maxSourceLength } from './tokenize.ts';

/** Rejected by JavaRosa as well (XPathParseTest.java, getodk/javarosa d686d1bc9). */
const invalid = [
	'',
	'     ',
	'$x:*',
	'$',
	'$$asdf',
	'5/5',
	'5 == 5',
	'function ( 4, 5, 6 ',
	'node(5)',
	"text('str')",
	'comment(name)',
	'processing-instruction(5)',
	'child::func()',
	'..[4]',
	'preceding::..',
	'inv#lid_N~AME',
	'.abc',
	'5abc',
	'::*',
	'child::.',
	'@attr::*',
	'rel/ative/path/',
	'//',
];

test.each(invalid)('%j is not an expression', (source) => {
	expect(() => parseExpression(source)).toThrow(ExpressionError);
});

test.each([
	["${S05} = 'name' or ${S05} = ", 28, 'ends where a value should follow'],
	["${S05} = 'name", 9, "no closing '"],
	['1 + * 2', 4, "'*' cannot stand here"],
	["if(1, 'a'", 9, "')' is missing for the '(' at character 3"],
	['(1))', 3, 'complete before'],
	['selected(${S05}, )', 17, "missing before ')'"],
	['$S05', 0, 'braces are missing'],
	['${S 05} = 1', 0, "'S 05' is not a name"],
	['${S05}[1]', 6, "'[' cannot stand here"],
	['9'.repeat(400), 0, 'too large'],
])('%j is wrong at %i: %s', (source, position, message) => {
	const error = errorOf(source);
	expect(error?.message).toContain(message);
	expect(error?.position).toBe(position);
});

test.each([
	['1 + 2 * 3', '1 + 2 * 3'],
	['(1 + 2) * 3', '(1 + 2) * 3'],
	['1 - (2 - 3)', '1 - (2 - 3)'],
	['((1))', '1'],
	['1or2and 3', '1 or 2 and 3'],
	['4andfunc()', '4 and func()'],
	['- -5', '--5'],
	['-(1 + 2)', '-(1 + 2)'],
	["concat( 'a',\n\"it's\" )", `concat('a', "it's")`],
	['${ S05 }!= ../x/y', '${S05} != ../x/y'],
	['or = and', 'or = and'],
	['0.000001 + 1000000000000000000000000', '0.000001 + 1000000000000000000000000'],
])('%j means %j', (source, printed) => {
	expect(printExpression(parseExpression(source))).toBe(printed);
});

test('a node knows where it stands in the source', () => {
	const parsed = parseExpression("1 + selected(${S16}, 'a')");
	expect(parsed.span).toEqual({ start: 0, end: 25 });
	expect(parsed.type === 'binary' && parsed.right.span).toEqual({ start: 4, end: 25 });
});

test.each([
	['parentheses', '('.repeat(100_000)],
	['minus signs', '-'.repeat(10_000)],
	['calls', 'f('.repeat(5_000)],
	['terms', '1+'.repeat(9_000)],
	['characters', ' '.repeat(maxSourceLength + 1)],
])('too many %s are an error, not a crash', (_, source) => {
	expect(() => parseExpression(source)).toThrow(ExpressionError);
});

test('an expression up to the limits is accepted', () => {
	const nested = `${'('.repeat(maxNesting)}1${')'.repeat(maxNesting)}`;
	expect(parseExpression(nested)).toMatchObject({ type: 'number', value: 1 });
	const long = Array.from({ length: maxNodes / 2 }, () => '1').join('+');
	expect(parseExpression(long).type).toBe('binary');
});

const pieces = [
	"'",
	'"',
	'$',
	'{',
	'}',
	'(',
	')',
	',',
	'.',
	'..',
	'/',
	'//',
	'::',
	'[',
	']',
	'*',
	'-',
	'+',
	'=',
	'!=',
	'<',
	'>=',
	'and',
	'or',
	'div',
	'mod',
	'if',
	'true()',
	'${S05}',
	'name',
	'5',
	'.5',
	' ',
	'\n',
	'\u0000',
	'😀',
	'\ud800',
	'ß',
	'عربي',
];

test('no text makes the parser throw anything but its own error, with a place in the text', () => {
	const soup = fc.array(fc.constantFrom(...pieces), { maxLength: 40 }).map((list) => list.join(''));
	fc.assert(
		fc.property(fc.oneof(soup, fc.string({ unit: 'binary' })), (source) => {
			const error = errorOf(source);
			const position = error?.position ?? 0;
			expect(position >= 0 && position <= source.length).toBe(true);
		}),
		{ numRuns: 3000 },
	);
});

test('a printed expression parses to the same tree', () => {
	fc.assert(
		fc.property(expressions, (expression) => {
			const source = printExpression(expression);
			expect(withoutSpans(parseExpression(source))).toEqual(withoutSpans(expression));
		}),
		{ numRuns: 1000 },
	);
});

const span = { start: 0, end: 0 };
const operators = [
	'or',
	'and',
	'=',
	'!=',
	'<',
	'<=',
	'>',
	'>=',
	'+',
	'-',
	'*',
	'div',
	'mod',
] satisfies BinaryOperator[];

const { tree: expressions } = fc.letrec<{ tree: Expression }>((tie) => ({
	tree: fc.oneof(
		{ maxDepth: 5, withCrossShrink: true },
		fc
			.double({ min: 0, noNaN: true, noDefaultInfinity: true })
			.map((value) => ({ type: 'number', value: Math.abs(value), span }) as const),
		fc
			.string()
			.map((text) => text.replaceAll('"', ''))
			.map((value) => ({ type: 'string', value, span }) as const),
		fc
			.constantFrom('S05', 'or', 'a-b', 'x.1', 'سؤال')
			.map((name) => ({ type: 'reference', name, span }) as const),
		fc
			.constantFrom('.', '..', '/', '../x', '/a/b', '//c', 'div')
			.map((text) => ({ type: 'path', text, span }) as const),
		tie('tree').map((operand) => ({ type: 'negate', operand, span }) as const),
		fc
			.tuple(fc.constantFrom(...operators), tie('tree'), tie('tree'))
			.map(([operator, left, right]) => ({ type: 'binary', operator, left, right, span }) as const),
		fc
			.tuple(
				fc.constantFrom('if', 'count-selected', 'mod'),
				fc.array(tie('tree'), { maxLength: 3 }),
			)
			.map(([name, args]) => ({ type: 'call', name, args, span }) as const),
	),
}));

function errorOf(source: string): ExpressionError | null {
	try {
		parseExpression(source);
		return null;
	} catch (error) {
		if (error instanceof ExpressionError) {
			return error;
		}
		throw error;
	}
}

function withoutSpans(expression: Expression): unknown {
	return JSON.parse(
		JSON.stringify(expression, (key, value) => (key === 'span' ? undefined : value)),
	);
}
