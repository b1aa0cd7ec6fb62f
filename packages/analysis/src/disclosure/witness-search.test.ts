import { describe, expect, it } from 'vitest';
import { solveSystem } from './simplex.ts';
import { findExposed, type Target } from './witness-search.ts';

/** A number of people between two bounds, asked about by itself. */
function askAbout(low: number, high: number, need: Target['need']) {
	const polytope = solveSystem({ bounds: [{ low, high }], constraints: [] });
	if (polytope === null) {
		throw new Error('A range has a point.');
	}
	return findExposed(polytope, [{ table: 't', cell: 'c', terms: [[0, 1]], need }]);
}

const width = (wide: number): Target['need'] => ({ type: 'width', width: wide });
const exposed = (low: number, high: number) => [{ table: 't', cell: 'c', low, high }];

describe('a number that must stay unknown', () => {
	it.each<[string, number, number, Target['need'], ReturnType<typeof exposed>]>([
		['ten wide, in a range of ten', 3, 13, width(10), []],
		['ten wide, in a range of nine', 3, 12, width(10), exposed(3, 12)],
		['ten wide, in a range of ten that whole numbers narrow', 2.5, 12.5, width(10), exposed(3, 12)],
		['ten wide, where rounding blurred the ends', 3 - 1e-9, 13 - 1e-9, width(10), []],
		['ten wide, without a limit above', 0, Infinity, width(10), []],
		['two values, in a range of one', 4, 5, { type: 'two_values' }, []],
		['two values, where it is fixed', 4, 4, { type: 'two_values' }, exposed(4, 4)],
		[
			'two values, in a range without two whole ones',
			3.2,
			4.9,
			{ type: 'two_values' },
			exposed(4, 4),
		],
		['not certainly nobody, where one is possible', 0, 1, { type: 'not_zero' }, []],
		['not certainly nobody, where nobody is', 0, 0.5, { type: 'not_zero' }, exposed(0, 0)],
		['nothing of a width of zero', 4, 4, width(0), []],
	])('%s', (_name, low, high, need, expected) => {
		expect(askAbout(low, high, need)).toEqual(expected);
	});

	it('is exposed by what it is the rest of, and each such number is named', () => {
		const polytope = solveSystem({
			bounds: [0, 1, 2].map(() => ({ low: 0, high: Infinity })),
			constraints: [
				{
					terms: [
						[0, 1],
						[1, 1],
						[2, 1],
					],
					low: 30,
					high: 30,
				},
				{ terms: [[0, 1]], low: 18, high: 20 },
			],
		});
		const target = (variable: number): Target => ({
			table: 'people',
			cell: `group ${variable}`,
			terms: [[variable, 1]],
			need: width(11),
		});

		expect(polytope && findExposed(polytope, [0, 1, 2].map(target))).toEqual([
			{ table: 'people', cell: 'group 0', low: 18, high: 20 },
		]);
		const both: Target = {
			...target(1),
			cell: 'groups 1 and 2',
			terms: [
				[1, 1],
				[2, 1],
			],
		};
		expect(polytope && findExposed(polytope, [both])).toEqual([
			{ table: 'people', cell: 'groups 1 and 2', low: 10, high: 12 },
		]);
	});
});
