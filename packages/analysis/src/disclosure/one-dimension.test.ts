import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import vectors from '../../test-data/disclosure_test_vectors.json' with { type: 'json' };
import { type GroupCount, protectOneDimension } from './one-dimension.ts';
import { incidentParams, surveyParams } from './params.ts';

const toGroups = (counts: object): GroupCount[] =>
	Object.entries(counts).map(([id, count]) => ({ id, count: Number(count) }));

describe('one-dimensional tables', () => {
	it.each(vectors.one_dimension)('protects: $name', ({ counts, total_shown, ...expected }) => {
		const { primary, complementary, pool } = protectOneDimension(toGroups(counts), {
			isTotalShown: total_shown,
			params: surveyParams,
		});

		expect(primary).toEqual(expected.primary);
		expect(complementary).toEqual(expected.complementary);
		const { 'All masked groups': count, members } = expected.pooled_alternative ?? {};
		expect(pool).toEqual(members === undefined ? null : { members, count });
	});

	it('shows a count of nobody only where zero is safe', () => {
		const groups = toGroups({ a: 40, b: 30, c: 0 });

		const survey = protectOneDimension(groups, { isTotalShown: true, params: surveyParams });
		const incidents = protectOneDimension(groups, { isTotalShown: true, params: incidentParams });

		expect(survey).toMatchObject({ primary: ['c'], complementary: ['b'] });
		expect(incidents).toMatchObject({ primary: [], complementary: [], pool: null });
	});

	it('hides the total when nothing is left that could hide a small group', () => {
		const protection = protectOneDimension(toGroups({ a: 4, b: 0 }), {
			isTotalShown: true,
			params: incidentParams,
		});

		expect(protection).toEqual({
			primary: ['a'],
			complementary: [],
			pool: null,
			isTotalShown: false,
		});
	});

	it('leaves at least minN people among the hidden, in at least two groups, for any counts', () => {
		const counts = fc.array(fc.integer({ min: 0, max: 60 }), { minLength: 1, maxLength: 9 });
		fc.assert(
			fc.property(counts, fc.constantFrom(surveyParams, incidentParams), (list, params) => {
				const groups = list.map((count, index) => ({ id: `g${index}`, count }));
				const result = protectOneDimension(groups, { isTotalShown: true, params });
				const hidden = groups.filter(({ id }) =>
					[...result.primary, ...result.complementary].includes(id),
				);
				const sum = hidden.reduce((total, { count }) => total + count, 0);

				expect(
					!result.isTotalShown || hidden.length === 0 || (hidden.length > 1 && sum >= params.minN),
				).toBe(true);
				expect(result.pool?.members.length ?? 2).toBeGreaterThan(1);
				expect(result.pool?.count ?? params.minN).toBeGreaterThanOrEqual(params.minN);
			}),
			{ seed: 7, numRuns: 500 },
		);
	});
});
