import { describe, expect, it } from 'vitest';
import golden from '../../test-data/golden-statistics.json' with { type: 'json' };
import { wilsonInterval } from './wilson-interval.ts';

const { source: _, ...published } = golden.wilson95;

describe('the Wilson interval', () => {
	it.each(Object.entries(published))('of %s is as published', (share, expected) => {
		const [x = 0, n = 0] = share.split('/').map(Number);
		const { low, high } = wilsonInterval(x, n);

		expect(low).toBeCloseTo(expected.lo, 9);
		expect(high).toBeCloseTo(expected.hi, 9);
	});

	it('ends at exactly 0 and 1', () => {
		expect(wilsonInterval(0, 20).low).toBe(0);
		expect(wilsonInterval(10, 10).high).toBe(1);
	});

	it.each([
		[1, 0],
		[5, 4],
		[-1, 4],
		[Number.NaN, 4],
	])('is refused for %s of %s', (x, n) => {
		expect(() => wilsonInterval(x, n)).toThrow(/0 ≤ x ≤ n/);
	});
});
