import { describe, expect, it } from 'vitest';
import type { PeopleCount } from '../charts/model.ts';
import { surveyParams } from './params.ts';
import { edgeBandOf, showCell } from './percent.ts';
import { impliedCounts, impliedPeople, shareConstraints } from './shares.ts';

const sizes = [10, 12, 19, 20, 27, 39, 40, 41, 64, 99, 100, 137, 299, 300, 311];

function figureOf(x: number, n: number) {
	const cell = showCell(x, n, surveyParams);
	if (cell.type !== 'shown') {
		throw new Error(`${x} of ${n} is hidden.`);
	}
	return cell.figure;
}

const allCounts = (n: number) => Array.from({ length: n + 1 }, (_, x) => x);

describe('what a share tells of its count', () => {
	it.each(sizes)('of %i people: exactly the counts that read the same', (n) => {
		for (const x of allCounts(n)) {
			const figure = figureOf(x, n);
			const alike = allCounts(n).filter((other) => figureOf(other, n).text === figure.text);
			expect([x, impliedCounts(figure, n)]).toEqual([x, { low: alike.at(0), high: alike.at(-1) }]);
		}
	});
});

describe('what a share tells of count and people together', () => {
	const band = (n: number) =>
		sizes.filter((other) => edgeBandOf(other).edge === edgeBandOf(n).edge);

	/** Whether so many of so many people fit what the figure says. */
	function fits(x: number, n: number, figure: ReturnType<typeof figureOf>): boolean {
		const said = shareConstraints(figure, { chosen: [0], base: [1], edge: edgeBandOf(n).edge });
		return said.every(({ terms, low, high }) => {
			const value = terms.reduce(
				(sum, [variable, factor]) => sum + factor * (variable === 0 ? x : n),
				0,
			);
			return value >= low - 1e-9 && value <= high + 1e-9;
		});
	}

	it.each(sizes)('of %i people: the true count fits', (n) => {
		expect(allCounts(n).filter((x) => !fits(x, n, figureOf(x, n)))).toEqual([]);
	});

	it.each(sizes)('of %i people: a count that reads otherwise does not fit', (n) => {
		const wrong = band(n).flatMap((other) =>
			[0.03, 0.15, 0.33, 0.5, 0.62, 0.88, 0.98].flatMap((part) => {
				const figure = figureOf(Math.round(part * n), n);
				return allCounts(other)
					.filter((x) => figureOf(x, other).text !== figure.text && fits(x, other, figure))
					.map((x) => `${x} of ${other} does not read ${figure.text}`);
			}),
		);
		expect(wrong).toEqual([]);
	});

	it('is said of the sum of several groups too', () => {
		const [low] = shareConstraints(figureOf(31, 55), { chosen: [2, 5], base: [1, 4], edge: 5 });
		expect(low?.terms.map(([variable]) => variable)).toEqual([2, 5, 1, 4]);
		expect(low?.terms.map(([, factor]) => factor)).toEqual([1, 1, -0.555, -0.555]);
	});
});

describe('what a number of people tells', () => {
	it.each<[PeopleCount | { type: 'hidden' }, number, number]>([
		[{ type: 'hidden' }, 0, Infinity],
		[{ type: 'exact', n: 57 }, 57, 57],
		[{ type: 'band', band: '<10' }, 0, 9],
		[{ type: 'band', band: '10-19' }, 10, 19],
		[{ type: 'band', band: '300+' }, 300, Infinity],
	])('%j', (people, low, high) => {
		expect(impliedPeople(people)).toEqual({ low, high });
	});

	it.each(['', 'many', '10–19', '10-19 people', 'about 10-19', '10-'])(
		'is an error where it is no band: %j',
		(words) => {
			expect(() => impliedPeople({ type: 'band', band: words })).toThrow(
				`'${words}' is not a band; bands read '<10', '10-19', '300+'.`,
			);
		},
	);
});
