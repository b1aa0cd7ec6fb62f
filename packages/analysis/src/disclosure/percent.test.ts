import { describe, expect, it } from 'vitest';
import vectors from '../../test-data/disclosure_test_vectors.json' with { type: 'json' };
import { surveyParams } from './params.ts';
import { edgeBands, nBand, showCell, showPercent } from './percent.ts';

describe('percent display', () => {
	it.each(vectors.percent_display)('shows $x of $n as $display', ({ n, x, ...expected }) => {
		const shown = showPercent(x, n, surveyParams);

		expect(shown.display).toBe(expected.display);
		expect(shown.nBand).toBe(expected.n_band);
	});

	it('has the fixed bands of the rules', () => {
		const bands = edgeBands.map(({ nMin, nMax, edge, middle }) => ({
			n_min: nMin,
			n_max: nMax,
			edge_pct: edge,
			middle: middle === 'interval' ? '10-point interval' : 'whole percent',
		}));

		expect(bands).toEqual(vectors.bands);
	});

	it('states only bounds that hold the share', () => {
		const wrong = counts().filter(({ x, n }) => {
			const { figure } = showPercent(x, n, surveyParams);
			const share = (100 * x) / n;
			return figure === null || figure.low >= share + 1 || figure.high <= share - 1;
		});

		expect(wrong).toEqual([]);
	});

	it('never shows nobody or everybody apart from their neighbours', () => {
		const display = (x: number, n: number) => showPercent(x, n, surveyParams).display;
		const apart = Array.from({ length: 391 }, (_, index) => index + 10).filter(
			(n) => display(0, n) !== display(1, n) || display(n, n) !== display(n - 1, n),
		);

		expect(apart).toEqual([]);
	});

	it('hides a cell below the least number of people', () => {
		expect(showCell(9, 9, surveyParams)).toEqual({ type: 'hidden' });
		expect(showCell(5, 14, { ...surveyParams, minN: 15 })).toEqual({ type: 'hidden' });
	});

	it('starts the lowest band at the least number of people', () => {
		expect(nBand(17, { ...surveyParams, minN: 15 })).toBe('15-19');
		expect(nBand(14, { ...surveyParams, minN: 15 })).toBe('<15');
		expect(nBand(7, { ...surveyParams, minN: 5 })).toBe('5-9');
		expect(nBand(35, { ...surveyParams, minN: 30 })).toBe('30-39');
	});

	it.each([
		[3, 2],
		[-1, 20],
		[1.5, 20],
	])('refuses %s of %s', (x, n) => {
		expect(() => showPercent(x, n, surveyParams)).toThrow(/whole numbers 0 ≤ x ≤ n/);
	});
});

function counts(): { x: number; n: number }[] {
	return Array.from({ length: 391 }, (_, index) => index + 10).flatMap((n) =>
		Array.from({ length: n + 1 }, (_, x) => ({ x, n })),
	);
}
