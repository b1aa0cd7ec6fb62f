import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { seededRandom } from './random.ts';

const draws = (seed: number, n: number) => {
	const random = seededRandom(seed);
	return Array.from({ length: n }, () => random.next());
};

describe('seededRandom', () => {
	it('gives the same draws for the same seed, within [0, 1)', () => {
		fc.assert(
			fc.property(fc.integer(), (seed) => {
				const first = draws(seed, 20);
				expect(draws(seed, 20)).toEqual(first);
				expect(first.every((draw) => draw >= 0 && draw < 1)).toBe(true);
			}),
		);
	});

	it('gives other draws for another seed', () => {
		expect(draws(1, 5)).not.toEqual(draws(2, 5));
	});

	it('spreads evenly and keeps to weights', () => {
		const random = seededRandom(7);
		const mean = draws(7, 20_000).reduce((sum, draw) => sum + draw, 0) / 20_000;
		const heavy = Array.from({ length: 4000 }, () =>
			random.weighted(['a', 'b'], (item) => (item === 'a' ? 3 : 1)),
		).filter((item) => item === 'a').length;

		expect(mean).toBeCloseTo(0.5, 2);
		expect(heavy / 4000).toBeCloseTo(0.75, 1);
	});

	it('never draws what weighs nothing', () => {
		const random = seededRandom(3);
		const drawn = Array.from({ length: 200 }, () =>
			random.weighted(['never', 'always'], (item) => (item === 'always' ? 1 : 0)),
		);

		expect(new Set(drawn)).toEqual(new Set(['always']));
		expect(random.weighted(['never'], () => 0)).toBeUndefined();
	});
});
