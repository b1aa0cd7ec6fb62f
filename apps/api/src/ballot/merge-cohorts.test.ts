import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { planMerge, type SealedCohort } from './merge-cohorts.ts';

const MINIMUM = 10;

const cohortsOf = fc
	.array(
		fc.record({ site: fc.integer({ min: 0, max: 5 }), count: fc.integer({ min: 0, max: 40 }) }),
		{
			maxLength: 30,
		},
	)
	.map((rows) =>
		rows.map(({ site, count }, index): SealedCohort => ({
			id: `c${String(index).padStart(2, '0')}`,
			siteId: `s${site}`,
			count,
		})),
	);

function piles(cohorts: SealedCohort[]) {
	const plan = planMerge(cohorts, MINIMUM);
	const count = (ids: string[]) =>
		cohorts.filter(({ id }) => ids.includes(id)).reduce((sum, cohort) => sum + cohort.count, 0);
	return {
		plan,
		sizes: [
			...plan.stays.map((id) => count([id])),
			...[...plan.toSite.values()].map(count),
			...(plan.toDistrict.length > 0 ? [count(plan.toDistrict)] : []),
		],
		total: count(cohorts.map(({ id }) => id)),
	};
}

describe('planMerge', () => {
	it('leaves no pile below the minimum unless the whole window is', () => {
		fc.assert(
			fc.property(cohortsOf, (cohorts) => {
				const { sizes, total } = piles(cohorts);
				if (total >= MINIMUM) {
					expect(Math.min(...sizes)).toBeGreaterThanOrEqual(MINIMUM);
				} else {
					expect(sizes.length).toBe(total > 0 ? 1 : 0);
				}
			}),
		);
	});

	it('puts every cohort with envelopes in exactly one pile', () => {
		fc.assert(
			fc.property(cohortsOf, (cohorts) => {
				const { plan } = piles(cohorts);
				const placed = [...plan.stays, ...[...plan.toSite.values()].flat(), ...plan.toDistrict];
				const expected = cohorts.filter(({ count }) => count > 0).map(({ id }) => id);
				expect(placed.sort()).toEqual(expected.sort());
			}),
		);
	});

	it('keeps the grade of every cohort that is large enough, when no neighbour is small', () => {
		const plan = planMerge(
			[
				{ id: 'a9', siteId: 'a', count: 12 },
				{ id: 'a10', siteId: 'a', count: 30 },
			],
			MINIMUM,
		);
		expect(plan.stays).toEqual(['a9', 'a10']);
	});

	it('takes the smallest neighbour along when the small cohorts of a site are not enough', () => {
		const plan = planMerge(
			[
				{ id: 'a9', siteId: 'a', count: 4 },
				{ id: 'a10', siteId: 'a', count: 11 },
				{ id: 'a11', siteId: 'a', count: 30 },
			],
			MINIMUM,
		);
		expect(plan.toSite.get('a')).toEqual(['a9', 'a10']);
		expect(plan.stays).toEqual(['a11']);
	});

	it('merges a site that is too small as a whole into the district', () => {
		const plan = planMerge(
			[
				{ id: 'a9', siteId: 'a', count: 4 },
				{ id: 'b9', siteId: 'b', count: 25 },
				{ id: 'b10', siteId: 'b', count: 14 },
			],
			MINIMUM,
		);
		expect(plan.toDistrict).toEqual(['a9', 'b10']);
		expect(plan.stays).toEqual(['b9']);
	});
});
