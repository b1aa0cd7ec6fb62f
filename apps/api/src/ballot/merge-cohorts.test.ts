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

	it.each<
		[string, [string, number][], Partial<Record<'stays' | 'a' | 'b' | 'district', string[]>>]
	>([
		['a cohort of the minimum stands alone', [['a1', 10]], { stays: ['a1'] }],
		[
			'one below it does not',
			[
				['a1', 9],
				['a2', 20],
			],
			{ a: ['a1', 'a2'] },
		],
		[
			'two that make the minimum together leave others alone',
			[
				['a1', 5],
				['a2', 5],
				['a3', 10],
			],
			{ a: ['a1', 'a2'], stays: ['a3'] },
		],
		[
			'two that make one less take a third',
			[
				['a1', 4],
				['a2', 5],
				['a3', 10],
			],
			{ a: ['a1', 'a2', 'a3'] },
		],
		[
			'of two neighbours alike the first by name goes along',
			[
				['a1', 4],
				['a3', 12],
				['a2', 12],
			],
			{ a: ['a1', 'a2'], stays: ['a3'] },
		],
		[
			'cohorts nobody answered are in no pile',
			[
				['a1', 0],
				['a2', 10],
			],
			{ stays: ['a2'] },
		],
		[
			'a site that makes the minimum as a whole keeps itself',
			[
				['a1', 5],
				['a2', 5],
				['b1', 30],
			],
			{ a: ['a1', 'a2'], stays: ['b1'] },
		],
		[
			'a small site takes the smallest that stood alone, and no more than it needs',
			[
				['a1', 3],
				['b1', 12],
				['b2', 11],
				['b3', 40],
			],
			{ district: ['a1', 'b2'], stays: ['b1', 'b3'] },
		],
		[
			'of two that stood alone alike the first by name',
			[
				['a1', 3],
				['b2', 11],
				['b1', 11],
			],
			{ district: ['a1', 'b1'], stays: ['b2'] },
		],
		[
			'small sites that make the minimum together take nobody',
			[
				['a1', 4],
				['b1', 6],
				['c1', 30],
			],
			{ district: ['a1', 'b1'], stays: ['c1'] },
		],
		[
			'where all sites were merged the smallest of them goes along',
			[
				['a1', 6],
				['a2', 6],
				['a3', 6],
				['b1', 5],
				['b2', 6],
				['c1', 3],
			],
			{ district: ['c1', 'b1', 'b2'], a: ['a1', 'a2', 'a3'] },
		],
		[
			'and only one, when that is enough',
			[
				['a1', 5],
				['a2', 6],
				['b1', 7],
				['b2', 8],
				['c1', 3],
			],
			{ district: ['c1', 'a1', 'a2'], b: ['b1', 'b2'] },
		],
		[
			'fewer than the minimum in all are one pile',
			[
				['a1', 4],
				['b1', 5],
			],
			{ district: ['a1', 'b1'] },
		],
	])('%s', (_name, rows, expected) => {
		const plan = planMerge(
			rows.map(([id, count]) => ({ id, siteId: id.charAt(0), count })),
			MINIMUM,
		);
		expect({
			stays: plan.stays.toSorted(),
			a: plan.toSite.get('a')?.toSorted() ?? [],
			b: plan.toSite.get('b')?.toSorted() ?? [],
			district: plan.toDistrict.toSorted(),
		}).toEqual({
			stays: [],
			a: [],
			b: [],
			district: [],
			...Object.fromEntries(Object.entries(expected).map(([pile, ids]) => [pile, ids.toSorted()])),
		});
	});

	it('merges what has no site into the district', () => {
		const plan = planMerge(
			[
				{ id: 'x1', siteId: null, count: 4 },
				{ id: 'x2', siteId: null, count: 7 },
				{ id: 'a1', siteId: 'a', count: 30 },
			],
			MINIMUM,
		);
		expect(plan.toDistrict).toEqual(['x1', 'x2']);
		expect(plan.stays).toEqual(['a1']);
	});
});
