import { parse } from 'csv-parse/sync';
import fc from 'fast-check';
import { glob, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { withFormula, withoutFormula, writeCsv } from './write-csv.ts';

/** A program that reads a cell as a formula whenever any known one would. */
function isFormula(cell: string): boolean {
	return (
		/^[=+\-@＝＋－＠]/.test(cell.replace(/^[\s"\p{Cc}\p{Cf}]+/u, '')) || /^[\t\r\n\0]/.test(cell)
	);
}

const nasty = fc.oneof(
	fc.string({ unit: 'grapheme' }),
	fc
		.array(
			fc.constantFrom(
				'=',
				'+',
				'-',
				'@',
				'\t',
				'\r',
				'\n',
				'\0',
				' ',
				'"',
				"'",
				',',
				';',
				'a',
				'＝',
				'\ufeff',
			),
			{
				maxLength: 8,
			},
		)
		.map((parts) => parts.join('')),
);
const table = fc.array(fc.array(nasty, { minLength: 2, maxLength: 4 }), {
	minLength: 1,
	maxLength: 6,
});

test('no cell is a formula, and every cell comes back as it was', () => {
	fc.assert(
		fc.property(table, (rows) => {
			const read = parse(writeCsv(rows), { relaxColumnCount: true, recordDelimiter: '\r\n' });

			expect(read.flat().filter(isFormula)).toEqual([]);
			expect(read.map((row) => row.map(withFormula))).toEqual(rows);
		}),
		{ numRuns: 500 },
	);
});

test.each([
	'=HYPERLINK("http://evil.example","x")',
	'+1+1',
	'-2+3',
	'@SUM(A1)',
	'\t=1',
	'\r=1',
	'\0=1',
	' =1',
	'"=1',
	'＝1+1',
	"'=1",
	'\n=1',
])('%j gets an apostrophe', (text) => {
	expect(isFormula(withoutFormula(text))).toBe(false);
	expect(withoutFormula(text)).toBe(`'${text}`);
	expect(withFormula(withoutFormula(text))).toBe(text);
});

test.each(['12 %', 'a=b', 'more than 10', "it's", "'quoted'", '–5', ''])(
	'%j stays as it is',
	(text) => {
		expect(withoutFormula(text)).toBe(text);
	},
);

test('numbers are no texts, and quotes are doubled', () => {
	expect(writeCsv([[-5, 'say "hi"', 'a, b']])).toBe('-5,"say ""hi""","a, b"\r\n');
});

test('the reader of this test takes a formula for one (the control)', () => {
	expect(['=1', ' =1', '"@x', '\t1', '＋1'].filter((cell) => !isFormula(cell))).toEqual([]);
});

test('no other file of ours writes CSV', async () => {
	const source = join(import.meta.dirname, '..');
	const others: string[] = [];
	for await (const file of glob('**/*.ts', {
		cwd: source,
		exclude: ['testing/**', '**/*.test.ts'],
	})) {
		if (/from 'csv-stringify/.test(await readFile(join(source, file), 'utf8'))) {
			others.push(file);
		}
	}

	expect(others).toEqual([]);
});
