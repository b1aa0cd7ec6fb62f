import { describe, expect, it } from 'vitest';
import golden from '../../test-data/golden-statistics.json' with { type: 'json' };
import { bootstrapAlpha, krippendorffAlpha, type UnitValues } from './krippendorff-alpha.ts';

const examples = Object.entries(golden.krippendorff).map(([name, { units, computed }]) => ({
	name,
	units,
	expected: computed.nominal,
}));

/** The tables of two coders as units: rows are one coder's values, columns the other's. */
const twoCoders = Object.entries(golden.two_coder).map(([name, { table, computed }]) => ({
	name,
	units: table.flatMap((row, a) =>
		row.flatMap((count, b) => Array.from({ length: count }, (): UnitValues => [a, b])),
	),
	expected: computed.krippendorff_alpha_nominal,
}));

function seeded(seed: number): () => number {
	let state = seed;
	return () => {
		state = (Math.imul(state, 1_664_525) + 1_013_904_223) | 0;
		return (state >>> 0) / 2 ** 32;
	};
}

describe("Krippendorff's alpha for nominal data", () => {
	it.each([...examples, ...twoCoders])('of $name is as published', ({ units, expected }) => {
		const result = krippendorffAlpha(units);

		expect(result.type === 'alpha' ? result.alpha : null).toBeCloseTo(expected, 12);
	});

	it('counts units used and dropped', () => {
		const [, example] = examples;

		expect(krippendorffAlpha(example?.units ?? [])).toMatchObject({
			unitsUsed: 12,
			unitsDropped: 3,
		});
	});

	it.each([
		['no unit has two values', [['a', null], [null, 'b'], []], 'no_double_coded_units'],
		['there is nothing', [], 'no_double_coded_units'],
		[
			'every coder used one value',
			[
				['a', 'a'],
				['a', 'a', null],
			],
			'one_value_only',
		],
	])('is undefined, not a number, where %s', (_, units, reason) => {
		expect(krippendorffAlpha(units)).toMatchObject({ type: 'undefined', reason });
	});

	it('is 1 where all agree on more than one value', () => {
		expect(
			krippendorffAlpha([
				['a', 'a'],
				['b', 'b', 'b'],
			]),
		).toMatchObject({
			alpha: 1,
			agreement: 1,
		});
	});
});

describe('the bootstrap interval of alpha', () => {
	const units = examples.find(({ name }) => name === 'hayes_krippendorff_2007')?.units ?? [];

	it('holds alpha and repeats with the same random numbers', () => {
		const interval = bootstrapAlpha(units, { random: seeded(1) });

		expect(interval).toEqual(bootstrapAlpha(units, { random: seeded(1) }));
		expect(interval?.low).toBeLessThan(0.47651);
		expect(interval?.high).toBeGreaterThan(0.47651);
		expect((interval?.high ?? 0) - (interval?.low ?? 0)).toBeGreaterThan(0.2);
	});

	it('narrows with more units', () => {
		const widthOf = (list: readonly UnitValues[]): number => {
			const interval = bootstrapAlpha(list, { random: seeded(2), draws: 500 });
			return (interval?.high ?? 0) - (interval?.low ?? 0);
		};
		const many = Array.from({ length: 9 }, () => units).flat();

		expect(widthOf(many)).toBeLessThan(widthOf(units) / 2);
	});

	it('is nothing where alpha is undefined', () => {
		expect(bootstrapAlpha([['a', 'a']], { random: seeded(3) })).toBeNull();
	});
});
