import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { findDetermined } from './rank.ts';
import { type LinearSystem, solveSystem } from './simplex.ts';

/** Every whole-number point of a small box that fits the constraints. */
function pointsOf({ bounds, constraints }: LinearSystem): number[][] {
	const points = bounds.reduce<number[][]>(
		(list, { low, high }) =>
			list.flatMap((point) =>
				Array.from({ length: high - low + 1 }, (_, index) => [...point, low + index]),
			),
		[[]],
	);
	return points.filter((point) =>
		constraints.every(({ terms, low, high }) => {
			const sum = terms.reduce((total, [v, factor]) => total + factor * (point[v] ?? 0), 0);
			return low <= sum && sum <= high;
		}),
	);
}

/** A table of whole numbers with some margins published: its vertices are whole, so brute force is exact. */
const tables = fc
	.record({
		rows: fc.integer({ min: 1, max: 2 }),
		columns: fc.integer({ min: 1, max: 3 }),
		values: fc.array(fc.integer({ min: 0, max: 3 }), { minLength: 6, maxLength: 6 }),
		published: fc.array(fc.boolean(), { minLength: 5, maxLength: 5 }),
		slack: fc.array(fc.integer({ min: 0, max: 2 }), { minLength: 5, maxLength: 5 }),
	})
	.map(({ rows, columns, values, published, slack }): LinearSystem => {
		const index = (row: number, column: number): number => row * columns + column;
		const lines = [
			...Array.from({ length: rows }, (_, row) =>
				Array.from({ length: columns }, (__, column) => index(row, column)),
			),
			...Array.from({ length: columns }, (_, column) =>
				Array.from({ length: rows }, (__, row) => index(row, column)),
			),
		];
		return {
			bounds: Array.from({ length: rows * columns }, () => ({ low: 0, high: 4 })),
			constraints: lines.flatMap((line, number) => {
				const sum = line.reduce((total, cell) => total + (values[cell] ?? 0), 0);
				const terms = line.map((cell): [number, number] => [cell, 1]);
				return published[number] === true
					? [{ terms, low: sum - (slack[number] ?? 0), high: sum }]
					: [];
			}),
		};
	});

describe('linear programs', () => {
	it('finds the ranges brute force finds, on small tables', () => {
		fc.assert(
			fc.property(tables, (system) => {
				const points = pointsOf(system);
				const polytope = solveSystem(system);
				const ranges = system.bounds.map((_, v) => polytope?.rangeOf([[v, 1]]));

				expect(ranges).toEqual(
					system.bounds.map((_, v) => ({
						low: Math.min(...points.map((point) => point[v] ?? 0)),
						high: Math.max(...points.map((point) => point[v] ?? 0)),
					})),
				);
			}),
			{ seed: 3, numRuns: 400 },
		);
	});

	it('finds no point exactly where brute force finds none', () => {
		const equations = fc.array(
			fc.record({
				factors: fc.array(fc.constantFrom(0, 1), { minLength: 3, maxLength: 3 }),
				sum: fc.integer({ min: 0, max: 6 }),
			}),
			{ minLength: 1, maxLength: 2 },
		);
		fc.assert(
			fc.property(equations, (list) => {
				const system: LinearSystem = {
					bounds: Array.from({ length: 3 }, () => ({ low: 0, high: 2 })),
					constraints: list.map(({ factors, sum }) => ({
						terms: factors.map((factor, v): [number, number] => [v, factor]),
						low: sum,
						high: sum,
					})),
				};

				expect(solveSystem(system) === null).toBe(pointsOf(system).length === 0);
			}),
			{ seed: 4, numRuns: 500 },
		);
	});

	it('never leaves the bounds of the true values when shares bind counts to counts', () => {
		const cells = fc.array(
			fc.tuple(fc.integer({ min: 10, max: 60 }), fc.double({ min: 0, max: 1, noNaN: true })),
			{
				minLength: 2,
				maxLength: 6,
			},
		);
		fc.assert(
			fc.property(cells, (list) => {
				const truth = list.flatMap(([n, share]) => [n, Math.floor(n * share)]);
				const total = truth.filter((_, v) => v % 2 === 0).reduce((sum, n) => sum + n, 0);
				const polytope = solveSystem({
					bounds: truth.map(() => ({ low: 0, high: 1000 })),
					constraints: [
						{ terms: list.map((_, i) => [2 * i, 1] as const), low: total, high: total },
						...list.map(([n], i) => {
							const share = (truth[2 * i + 1] ?? 0) / n;
							return {
								terms: [
									[2 * i + 1, 1],
									[2 * i, -share],
								] as const,
								low: 0,
								high: 0,
							};
						}),
					],
				});
				const ranges = truth.map((_, v) => polytope?.rangeOf([[v, 1]]));

				expect(
					ranges.every((range, v) => {
						const value = truth[v] ?? 0;
						return range !== undefined && range.low <= value + 1e-6 && range.high >= value - 1e-6;
					}),
				).toBe(true);
			}),
			{ seed: 5, numRuns: 200 },
		);
	});

	it('says infinite where nothing bounds a value', () => {
		const polytope = solveSystem({ bounds: [{ low: 0, high: Infinity }], constraints: [] });

		expect(polytope?.rangeOf([[0, 1]])).toEqual({ low: 0, high: Infinity });
	});

	it('solves a cycling example of the textbooks', () => {
		// Beale 1955: the least value of -0.75a + 150b - 0.02c + 6d is -0.05.
		const polytope = solveSystem({
			bounds: Array.from({ length: 4 }, () => ({ low: 0, high: Infinity })),
			constraints: [
				{
					terms: [
						[0, 0.25],
						[1, -60],
						[2, -0.04],
						[3, 9],
					],
					low: -Infinity,
					high: 0,
				},
				{
					terms: [
						[0, 0.5],
						[1, -90],
						[2, -0.02],
						[3, 3],
					],
					low: -Infinity,
					high: 0,
				},
				{ terms: [[2, 1]], low: -Infinity, high: 1 },
			],
		});

		expect(
			polytope?.seek(
				[
					[0, -0.75],
					[1, 150],
					[2, -0.02],
					[3, 6],
				],
				-1,
			),
		).toBeCloseTo(-0.05, 9);
	});
});

describe('the rank test', () => {
	it('says determined exactly where all solutions agree', () => {
		fc.assert(
			fc.property(tables, (system) => {
				const equations = system.constraints.map(({ terms }) => terms);
				const free = {
					bounds: system.bounds.map(() => ({ low: -50, high: 50 })),
					constraints: system.constraints.map(({ terms, high }) => ({ terms, low: high, high })),
				};
				const polytope = solveSystem(free);
				const targets = system.bounds.map((_, v) => [[v, 1]] as const);
				const isFixed = targets.map((terms) => {
					const { low, high } = polytope?.rangeOf(terms) ?? { low: 0, high: 0 };
					return high - low < 1e-6;
				});

				expect(findDetermined(equations, targets, system.bounds.length)).toEqual(isFixed);
			}),
			{ seed: 6, numRuns: 300 },
		);
	});
});
