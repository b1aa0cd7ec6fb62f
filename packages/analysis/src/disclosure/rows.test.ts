import fc from 'fast-check';
import { describe, expect, it, test } from 'vitest';
import { partBand, protectRows, type Row, type RowsInput } from './rows.ts';

const siteAttribute = {
	id: 'site',
	coarser: [{ north: 'high', south: 'high', east: 'middle', west: 'middle' }],
};
const gradeAttribute = {
	id: 'grade',
	coarser: [{ 6: '6-8', 7: '6-8', 8: '6-8', 9: '9-10', 10: '9-10', 11: '11-12', 12: '11-12' }],
};
const raceAttribute = { id: 'race', coarser: [] };
const attributes = [siteAttribute, gradeAttribute, raceAttribute];
const questions = [
	{ id: 'safe', tells: [] },
	{ id: 'ninth', tells: ['grade'] },
];

const row = fc.record({
	attributes: fc.tuple(
		fc.constantFrom('north', 'north', 'south', 'east', 'west', null),
		fc.constantFrom('6', '7', '8', '9', '9', '10', '11', '12', null),
		fc.constantFrom('white', 'white', 'white', 'white', 'black', 'asian', 'nhpi', null),
	),
	answers: fc.tuple(fc.constantFrom('yes', 'no', null), fc.constantFrom('a', 'b', null)),
});

const district = fc.record({
	attributes: fc.constant(attributes),
	questions: fc.constant(questions),
	rows: fc.array(row, { minLength: 30, maxLength: 400 }),
	k: fc.integer({ min: 2, max: 12 }),
	mostBlanked: fc.constantFrom(0, 0.05, 0.2),
});

/** Counted by the table that is handed out, and nothing else. */
function smallestClass(rows: readonly Row[]): number {
	const classes = Map.groupBy(rows, (each) => each.attributes.join('|'));
	return Math.min(...[...classes.values()].map((members) => members.length));
}

/** Every word an attribute's value may be told in. */
function wordsFor(input: RowsInput, column: number, value: string | null): (string | null)[] {
	const maps = input.attributes[column]?.coarser ?? [];
	const words = [value];
	for (const map of maps) {
		words.push(map[words.at(-1) ?? ''] ?? null);
	}
	return [...words, null];
}

describe('rows of any district', () => {
	test('share every combination of attributes with k - 1 others', () => {
		fc.assert(
			fc.property(district, (input) => {
				expect(smallestClass(protectRows(input).rows)).toBeGreaterThanOrEqual(input.k);
			}),
			{ numRuns: 300 },
		);
	});

	test('would not without protection (the control)', () => {
		const found = fc.sample(district, 100).filter(({ rows, k }) => smallestClass(rows) < k);
		expect(found.length).toBeGreaterThan(90);
	});

	test('say nothing that was not so: each value is the one given, in coarser words, or blank', () => {
		fc.assert(
			fc.property(district, (input) => {
				const { rows } = protectRows(input);
				expect(rows).toHaveLength(input.rows.length);
				rows.forEach(({ attributes: told, answers }, index) => {
					const before = input.rows[index];
					told.forEach((value, column) => {
						const given = before?.attributes[column] ?? null;
						expect(wordsFor(input, column, given)).toContain(value);
					});
					expect(answers[0]).toBe(before?.answers[0]);
					expect([before?.answers[1], null]).toContain(answers[1]);
				});
			}),
		);
	});

	test('give an answer that tells an attribute only beside the attribute itself', () => {
		fc.assert(
			fc.property(district, (input) => {
				protectRows(input).rows.forEach(({ attributes: told, answers }, index) => {
					const before = input.rows[index];
					const isTold = told[1] !== null && told[1] === before?.attributes[1];
					expect(answers[1]).toBe(isTold ? before?.answers[1] : null);
				});
			}),
		);
	});

	test('tell all rows of one attribute in the same words', () => {
		fc.assert(
			fc.property(district, (input) => {
				const { rows, steps } = protectRows(input);
				input.attributes.forEach(({ id }, column) => {
					const step = steps[id] ?? null;
					rows.forEach(({ attributes: told }, index) => {
						const given = input.rows[index]?.attributes[column] ?? null;
						const words = wordsFor(input, column, given);
						const expected = step === null ? null : (words[step] ?? null);
						expect([expected, null]).toContain(told[column]);
					});
				});
			}),
		);
	});

	test('come out the same in any order', () => {
		fc.assert(
			fc.property(district, (input) => {
				const backwards = protectRows({ ...input, rows: input.rows.toReversed() });
				expect(backwards.rows.toReversed()).toEqual(protectRows(input).rows);
			}),
		);
	});
});

/** So many rows with these attributes. */
function rowsOf(
	count: number,
	given: (string | null)[],
	answers: (string | null)[] = ['yes', 'a'],
) {
	return Array.from({ length: count }, (): Row => ({ attributes: given, answers }));
}

function protect(rows: Row[], options: Partial<RowsInput> = {}) {
	return protectRows({ attributes, questions, rows, k: 5, mostBlanked: 0.05, ...options });
}

describe('protected rows', () => {
	it('stay as they are where nothing is rare', () => {
		const rows = [
			...rowsOf(5, ['north', '9', 'white']),
			...rowsOf(5, ['south', '9', 'white'], ['no', null]),
		];
		expect(protect(rows)).toEqual({
			rows,
			steps: { site: 0, grade: 0, race: 0 },
			loss: {
				rows: 'none',
				attributes: { site: 'none', grade: 'none', race: 'none' },
				answers: 'none',
				sameAnswer: 'more',
			},
		});
	});

	it('lose an attribute themselves where few are rare, so that all others keep it', () => {
		const { rows, steps, loss } = protect([
			...rowsOf(96, ['north', '9', 'white']),
			...rowsOf(4, ['north', '9', 'nhpi']),
			...rowsOf(6, ['north', '9', null]),
		]);

		expect(steps).toEqual({ site: 0, grade: 0, race: 0 });
		expect(rows.filter(({ attributes: told }) => told[2] === null)).toHaveLength(10);
		expect(rows.every(({ attributes: told }) => told[0] === 'north' && told[1] === '9')).toBe(true);
		expect(loss.rows).toBe('up_to_5');
		expect(loss.attributes).toEqual({ site: 'none', grade: 'none', race: 'up_to_5' });
	});

	it('are told in coarser words where many are rare', () => {
		const { rows, steps } = protect([
			...rowsOf(4, ['north', '9', 'white']),
			...rowsOf(4, ['south', '9', 'white']),
			...rowsOf(40, ['east', '7', 'white']),
		]);

		expect(steps['site']).toBe(1);
		expect(steps['grade']).toBe(0);
		expect(new Set(rows.map(({ attributes: told }) => told.join(' ')))).toEqual(
			new Set(['high 9 white', 'middle 7 white']),
		);
	});

	it('are told without an attribute whose every value is rare', () => {
		const races = Array.from({ length: 30 }, (_, index) => `race${index}`);
		const { rows, steps } = protect(races.flatMap((race) => rowsOf(1, ['north', '9', race])));

		expect(steps).toEqual({ site: 0, grade: 0, race: null });
		expect(new Set(rows.map(({ attributes: told }) => told.join(' ')))).toEqual(
			new Set(['north 9 ']),
		);
	});

	it('draw the smallest class to those who would stand alone without any attribute', () => {
		const { rows, loss } = protect([
			...rowsOf(100, ['north', '9', 'white']),
			...rowsOf(8, ['south', '11', 'black']),
			...rowsOf(1, ['west', '6', 'asian']),
		]);

		expect(smallestClass(rows)).toBe(9);
		expect(rows.filter(({ attributes: told }) => told[0] === 'north')).toHaveLength(100);
		expect(loss.rows).toBe('up_to_10');
	});

	it('lose what tells a grade when grades are coarser, and say how much', () => {
		const grades = ['6', '7', '8'].flatMap((grade) => rowsOf(3, ['east', grade, 'white']));
		const { rows, steps, loss } = protect(grades);

		expect(steps['grade']).toBe(1);
		expect(rows.map(({ answers }) => answers)).toEqual(grades.map(() => ['yes', null]));
		expect(loss.answers).toBe('more');
	});

	it('say in how many places a class agrees: whoever is known to be in it is known to agree', () => {
		const mixed = [
			...rowsOf(5, ['north', '9', 'white'], ['yes', 'a']),
			...rowsOf(5, ['north', '9', 'white'], ['no', 'b']),
		];
		expect(protect(mixed).loss.sameAnswer).toBe('none');
		const silent = rowsOf(9, ['north', '9', 'white'], [null, null]);
		expect(protect(silent).loss.sameAnswer).toBe('none');
		expect(protect(rowsOf(9, ['north', '9', 'white'])).loss.sameAnswer).toBe('more');
	});

	it.each([
		['fewer rows than k', rowsOf(4, ['north', '9', 'white']), 5],
		['classes of one', rowsOf(9, ['north', '9', 'white']), 1],
	])('are refused for %s', (_name, rows, k) => {
		expect(() => protect(rows, { k })).toThrow(RangeError);
	});

	it('are never fewer than the rows of k = all of them', () => {
		const rows = [...rowsOf(3, ['north', '9', 'white']), ...rowsOf(3, ['west', '6', 'black'])];
		expect(smallestClass(protect(rows, { k: 6 }).rows)).toBe(6);
	});
});

test.each([
	[0, 100, 'none'],
	[1, 1000, 'up_to_5'],
	[5, 100, 'up_to_5'],
	[6, 100, 'up_to_10'],
	[10, 100, 'up_to_10'],
	[11, 100, 'up_to_25'],
	[25, 100, 'up_to_25'],
	[26, 100, 'more'],
] as const)('%i of %i is said as %s', (part, whole, band) => {
	expect(partBand(part, whole)).toBe(band);
});
