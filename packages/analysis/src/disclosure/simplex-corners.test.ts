import fc from 'fast-check';
import { expect, test } from 'vitest';
import { type LinearSystem, solveSystem } from './simplex.ts';

/** A point, where it is the only one in which so many planes meet; else null. */
function meeting(planes: readonly { normal: number[]; at: number }[]): number[] | null {
	const rows = planes.map(({ normal, at }) => [...normal, at]);
	for (let column = 0; column < rows.length; column += 1) {
		const pivot = rows.findIndex(
			(row, index) => index >= column && Math.abs(row[column] ?? 0) > 1e-9,
		);
		if (pivot === -1) {
			return null;
		}
		[rows[column], rows[pivot]] = [rows[pivot] ?? [], rows[column] ?? []];
		const own = rows[column] ?? [];
		const scale = own[column] ?? 1;
		for (const [index, row] of rows.entries()) {
			const factor = index === column ? 0 : (row[column] ?? 0) / scale;
			rows[index] = row.map((value, j) => value - factor * (own[j] ?? 0));
		}
	}
	return rows.map((row, index) => (row.at(-1) ?? 0) / (row[index] ?? 1));
}

function chosen<T>(list: readonly T[], count: number): T[][] {
	return count === 0
		? [[]]
		: list.flatMap((first, index) =>
				chosen(list.slice(index + 1), count - 1).map((rest) => [first, ...rest]),
			);
}

const dot = (factors: readonly number[], point: readonly number[]) =>
	factors.reduce((sum, factor, v) => sum + factor * (point[v] ?? 0), 0);

/** All corners of a bounded system; the extremes of every expression lie in some of them. */
function cornersOf({ bounds, constraints }: LinearSystem): number[][] {
	const slabs = [
		...bounds.map(({ low, high }, v) => ({ normal: bounds.map((_, w) => +(v === w)), low, high })),
		...constraints.map(({ terms, low, high }) => {
			const normal = bounds.map(() => 0);
			terms.forEach(([v, factor]) => (normal[v] = (normal[v] ?? 0) + factor));
			return { normal, low, high };
		}),
	];
	const planes = slabs.flatMap(({ normal, low, high }) => [
		{ normal, at: low },
		{ normal, at: high },
	]);
	return chosen(planes, bounds.length)
		.map(meeting)
		.filter((point) => point !== null)
		.filter((point) =>
			slabs.every(({ normal, low, high }) => {
				const value = dot(normal, point);
				return low - 1e-9 <= value && value <= high + 1e-9;
			}),
		);
}

const range = fc
	.tuple(fc.integer({ min: -4, max: 4 }), fc.integer({ min: 0, max: 4 }))
	.map(([low, width]) => ({ low, high: low + width }));
const factor = fc.integer({ min: -3, max: 3 });
const systems = fc.integer({ min: 2, max: 4 }).chain((count) =>
	fc.record({
		bounds: fc.array(range, { minLength: count, maxLength: count }),
		constraints: fc.array(
			fc
				.tuple(fc.array(factor, { minLength: count, maxLength: count }), range)
				.map(([factors, { low, high }]) => ({
					terms: factors.map((each, v): [number, number] => [v, each]),
					low: 2 * low,
					high: 2 * high,
				})),
			{ maxLength: 3 },
		),
		costs: fc.array(fc.array(factor, { minLength: count, maxLength: count }), {
			minLength: 1,
			maxLength: 3,
		}),
	}),
);

// The rule that never goes in circles and the tableau that is built anew are for systems too large for
// tests: here they are used from the first round on.
test.each([
	['', {}, 400],
	[', by least index', { patience: 0 }, 400],
	[', by least index after two rounds', { patience: 2 }, 200],
	[', from a tableau built anew each time', { freshness: 0 }, 200],
])('every expression ranges between the corners of its system%s', (_name, pacing, numRuns) => {
	fc.assert(
		fc.property(systems, ({ costs, ...system }) => {
			const corners = cornersOf(system);
			const polytope = solveSystem(system, pacing);
			expect(polytope === null).toBe(corners.length === 0);
			if (polytope === null) {
				return;
			}
			for (const cost of costs) {
				const terms = cost.map((each, v): [number, number] => [v, each]);
				const values = corners.map((corner) => dot(cost, corner));
				const { low, high } = polytope.rangeOf(terms);
				expect(low).toBeCloseTo(Math.min(...values), 6);
				expect(high).toBeCloseTo(Math.max(...values), 6);
				// The point that has the greatest value is a possible one.
				expect(polytope.valueOf(terms)).toBeCloseTo(high, 6);
				const point = system.bounds.map((_, v) => polytope.valueOf([[v, 1]]));
				system.bounds.forEach((bound, v) => {
					expect(point[v]).toBeGreaterThanOrEqual(bound.low - 1e-6);
					expect(point[v]).toBeLessThanOrEqual(bound.high + 1e-6);
				});
				system.constraints.forEach((constraint) => {
					const value = polytope.valueOf(constraint.terms);
					expect(value).toBeGreaterThanOrEqual(constraint.low - 1e-6);
					expect(value).toBeLessThanOrEqual(constraint.high + 1e-6);
				});
			}
		}),
		{ numRuns },
	);
});

test('nothing is possible where a lower bound lies above its upper one', () => {
	const free = { low: 0, high: 3 };
	const crossed = { low: 2, high: 1 };
	const terms: [number, number][] = [[0, 1]];
	expect(solveSystem({ bounds: [crossed], constraints: [] })).toBeNull();
	expect(solveSystem({ bounds: [free, crossed], constraints: [] })).toBeNull();
	expect(solveSystem({ bounds: [free], constraints: [{ terms, ...crossed }] })).toBeNull();
	expect(solveSystem({ bounds: [{ low: 2, high: 2 }], constraints: [] })).not.toBeNull();
});

test('what has no bound below, above or at all starts somewhere possible and is told as endless', () => {
	const polytope = solveSystem({
		bounds: [
			{ low: -Infinity, high: 5 },
			{ low: -Infinity, high: Infinity },
			{ low: 2, high: Infinity },
		],
		constraints: [
			{
				terms: [
					[0, 1],
					[1, 2],
				],
				low: 7,
				high: 9,
			},
		],
	});
	expect(polytope?.rangeOf([[0, 1]])).toEqual({ low: -Infinity, high: 5 });
	expect(polytope?.rangeOf([[1, 1]])).toEqual({ low: 1, high: Infinity });
	expect(polytope?.rangeOf([[2, -3]])).toEqual({ low: -Infinity, high: -6 });
	const both = polytope?.rangeOf([
		[0, 1],
		[1, 2],
	]);
	expect(both?.low).toBeCloseTo(7, 9);
	expect(both?.high).toBeCloseTo(9, 9);
});

test('thousands of questions to one system are answered as the first ones were', () => {
	const index = (row: number, column: number) => 6 * row + column;
	const lines = Array.from({ length: 6 }, (_, line) => [
		Array.from({ length: 6 }, (__, column) => index(line, column)),
		Array.from({ length: 6 }, (__, row) => index(row, line)),
	]).flat();
	const polytope = solveSystem({
		bounds: Array.from({ length: 36 }, () => ({ low: 0, high: 9 })),
		constraints: lines.map((cells, line) => ({
			terms: cells.map((cell) => [cell, 1] as const),
			low: 17 + Math.floor(line / 2),
			high: 17 + Math.floor(line / 2),
		})),
	});
	const ask = () =>
		Array.from({ length: 36 }, (_, cell) =>
			polytope?.rangeOf([
				[cell, 1],
				[(7 * cell + 5) % 36, -2],
			]),
		);
	const first = ask();
	for (let round = 0; round < 30; round += 1) {
		for (const [cell, answer] of ask().entries()) {
			expect(answer?.low).toBeCloseTo(first[cell]?.low ?? NaN, 6);
			expect(answer?.high).toBeCloseTo(first[cell]?.high ?? NaN, 6);
		}
	}
});
