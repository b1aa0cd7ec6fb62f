import { describe, expect, it } from 'vitest';
import golden from '../../test-data/golden-statistics.json' with { type: 'json' };
import vectors from '../../test-data/disclosure_test_vectors.json' with { type: 'json' };
import { auditGrid } from './grid-audit.ts';
import { incidentParams, surveyParams } from './params.ts';
import { type CountGrid, markPrimary, protectTwoDimension } from './two-dimension.ts';

const grid = (counts: number[][], shown: Partial<CountGrid> = {}): CountGrid => ({
	rows: counts.map((_, index) => `r${index}`),
	columns: (counts[0] ?? []).map((_, index) => `c${index}`),
	counts,
	areRowTotalsShown: true,
	areColumnTotalsShown: true,
	isGrandTotalShown: true,
	...shown,
});

describe('two-dimensional tables', () => {
	it('protects the table of the vectors, with its ranges', () => {
		const { rows, cols, counts, ...expected } = vectors.two_dimension;
		const result = protectTwoDimension(grid(counts), surveyParams);
		const name = ({ row, column }: { row: number; column: number }) => [rows[row], cols[column]];

		expect(result.primary.map(name)).toEqual(expected.primary);
		expect(result.complementary.map(name)).toEqual(expected.complementary);
		expect(result.determined.map(name)).toEqual(expected.exactly_determined_after);
		expect(
			result.ranges.map(({ low, high, ...position }) => ({
				cell: name(position),
				low,
				high,
				width: high - low,
			})),
		).toEqual(expected.feasible_ranges);
	});

	it('finds the complement of least loss of the golden table, and its ranges', () => {
		const { cells, primary, min_loss_complementary, feasible_intervals_after } = golden.suppression;
		const result = protectTwoDimension(grid(cells), incidentParams);

		expect(result.primary.map(({ row, column }) => [row, column])).toEqual(primary);
		expect(result.complementary.map(({ row, column }) => [row, column])).toEqual(
			min_loss_complementary,
		);
		expect(
			Object.fromEntries(
				result.ranges.map(({ row, column, low, high }) => [`[${row},${column}]`, [low, high]]),
			),
		).toEqual(feasible_intervals_after);
	});

	it('recovers both small cells exactly when only they are hidden', () => {
		const { cells, attack_primary_only } = golden.suppression;
		const audit = auditGrid(markPrimary(grid(cells), incidentParams), incidentParams);

		expect(
			Object.fromEntries(
				audit.ranges.map(({ row, column, low, high }) => [`[${row},${column}]`, [low, high]]),
			),
		).toEqual(attack_primary_only);
		expect(audit.determined).toHaveLength(2);
	});

	it('needs no complement where no total is public', () => {
		const result = protectTwoDimension(
			grid(
				[
					[14, 6],
					[12, 40],
				],
				{
					areRowTotalsShown: false,
					areColumnTotalsShown: false,
					isGrandTotalShown: false,
				},
			),
			surveyParams,
		);

		expect(result.primary).toEqual([{ row: 0, column: 1 }]);
		expect(result.complementary).toEqual([]);
		expect(result.ranges).toEqual([{ row: 0, column: 1, low: 0, high: Infinity }]);
	});

	it('hides a small total too, and another total that would give it away', () => {
		const result = protectTwoDimension(
			grid([
				[3, 2],
				[40, 50],
				[30, 60],
			]),
			surveyParams,
		);

		expect(result.primary).toContainEqual({ row: 0, column: 2 });
		expect(result.complementary.some(({ column }) => column === 2)).toBe(true);
		expect(result.ranges.every(({ low, high }) => high - low >= 10)).toBe(true);
	});
});
