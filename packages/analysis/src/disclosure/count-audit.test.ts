import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { auditCounts, type CountTable } from './count-audit.ts';
import { protectCounts, protectCrossedCounts } from './count-table.ts';
import { incidentParams } from './params.ts';
import type { CountGrid } from './two-dimension.ts';

const params = incidentParams;
const ids = (prefix: string, count: number): string[] =>
	Array.from({ length: count }, (_, index) => `${prefix}${index}`);

function gridOf(counts: number[][]): CountGrid {
	return {
		rows: ids('site', counts.length),
		columns: ids('race', counts[0]?.length ?? 0),
		counts,
		areRowTotalsShown: true,
		areColumnTotalsShown: true,
		isGrandTotalShown: true,
	};
}

const crossed = (counts: number[][]): CountTable =>
	protectCrossedCounts({
		id: 'site-race',
		populationId: 'cited',
		rowAttributeId: 'site',
		columnAttributeId: 'race',
		grid: gridOf(counts),
		params,
	});

/** The rule that fails: hide what is under 10 and nothing else. */
const naive = (counts: number[][]): CountTable => {
	const open = protectCrossedCounts({
		id: 'naive',
		populationId: 'cited',
		rowAttributeId: 'site',
		columnAttributeId: 'race',
		grid: gridOf(counts),
		params: { ...params, minN: 0 },
	});
	const hide = (count: number | null): number | null =>
		count !== null && count > 0 && count < params.minN ? null : count;
	return { ...open, cells: open.cells.map(({ at, count }) => ({ at, count: hide(count) })) };
};

/** Counts by site and race of a made-up district: a few large groups, many small ones. */
const districts = fc
	.record({
		sites: fc.integer({ min: 2, max: 5 }),
		races: fc.integer({ min: 2, max: 6 }),
		sizes: fc.array(fc.integer({ min: 0, max: 60 }), { minLength: 30, maxLength: 30 }),
		weights: fc.array(fc.constantFrom(0.1, 0.3, 1), { minLength: 6, maxLength: 6 }),
	})
	.map(({ sites, races, sizes, weights }) =>
		Array.from({ length: sites }, (_, site) =>
			Array.from({ length: races }, (__, race) =>
				Math.round((sizes[site * races + race] ?? 0) * (weights[race] ?? 1)),
			),
		),
	);

describe('tables of counts under audit', () => {
	it('keeps every hidden cell of a protected table unknown and minN wide', () => {
		fc.assert(
			fc.property(districts, (counts) => {
				expect(auditCounts([crossed(counts)], params.minN).problems).toEqual([]);
			}),
			{ seed: 11, numRuns: 150 },
		);
	});

	it('protects whichever margins are public, zero safe or not', () => {
		const flags = fc.record({
			areRowTotalsShown: fc.boolean(),
			areColumnTotalsShown: fc.boolean(),
			isGrandTotalShown: fc.boolean(),
		});
		fc.assert(
			fc.property(districts, flags, fc.boolean(), (counts, shown, zeroIsSafe) => {
				const table = protectCrossedCounts({
					id: 'site-race',
					populationId: 'cited',
					rowAttributeId: 'site',
					columnAttributeId: 'race',
					grid: { ...gridOf(counts), ...shown },
					params: { ...params, zeroIsSafe },
				});
				const small = table.cells.filter(
					({ count }) => count !== null && count < params.minN && (count > 0 || !zeroIsSafe),
				);

				expect(small).toEqual([]);
				expect(auditCounts([table], params.minN).problems).toEqual([]);
			}),
			{ seed: 12, numRuns: 300 },
		);
	});

	it('finds the naive rule solvable on most tables that hide anything', () => {
		const hiding = fc
			.sample(districts, { seed: 11, numRuns: 150 })
			.filter((counts) => naive(counts).cells.some(({ count }) => count === null));
		const verdicts = hiding.map((counts) => auditCounts([naive(counts)], params.minN));
		const solved = verdicts.filter(({ problems }) =>
			problems.some(({ reason }) => reason === 'determined'),
		);

		expect(hiding.length).toBeGreaterThan(100);
		expect(verdicts.filter(({ ok }) => !ok).length / hiding.length).toBeGreaterThan(0.9);
		expect(solved.length / hiding.length).toBeGreaterThan(0.5);
	});

	it('reports a naive cell with the very value that was hidden', () => {
		const counts = [
			[34, 12, 4],
			[21, 15, 11],
			[9, 18, 30],
		];
		const { problems } = auditCounts([naive(counts)], params.minN);

		expect(problems).toEqual([
			{ table: 'naive', cell: 'site=site0, race=race2', low: 4, high: 4, reason: 'determined' },
			{ table: 'naive', cell: 'site=site2, race=race0', low: 9, high: 9, reason: 'determined' },
		]);
	});

	it('catches a cell that one table hides and another gives away', () => {
		const site = protectCounts({
			id: 'by site',
			populationId: 'cited',
			attributeId: 'site',
			groups: [
				{ id: 'a', count: 40 },
				{ id: 'b', count: 15 },
				{ id: 'c', count: 6 },
			],
			isTotalShown: true,
			params,
		});
		const later: CountTable = {
			...site,
			id: 'by site, later',
			cells: [{ at: { site: 'b' }, count: 15 }],
		};

		expect(auditCounts([site], params.minN).ok).toBe(true);
		expect(auditCounts([site, later], params.minN).problems).toContainEqual({
			table: 'by site',
			cell: 'site=c',
			low: 6,
			high: 6,
			reason: 'determined',
		});
	});

	it('catches what three two-way tables give away together', () => {
		const attributes = ['site', 'grade', 'race'] as const;
		const truth: { at: Record<string, string>; count: number }[] = [
			{ at: { site: 's0', grade: 'g0', race: 'r0' }, count: 4 },
			{ at: { site: 's0', grade: 'g0', race: 'r1' }, count: 0 },
			{ at: { site: 's0', grade: 'g1', race: 'r0' }, count: 16 },
			{ at: { site: 's0', grade: 'g1', race: 'r1' }, count: 0 },
			{ at: { site: 's1', grade: 'g0', race: 'r0' }, count: 12 },
			{ at: { site: 's1', grade: 'g0', race: 'r1' }, count: 0 },
			{ at: { site: 's1', grade: 'g1', race: 'r0' }, count: 0 },
			{ at: { site: 's1', grade: 'g1', race: 'r1' }, count: 30 },
		];
		const groups = { site: ['s0', 's1'], grade: ['g0', 'g1'], race: ['r0', 'r1'] };
		const table = (pair: readonly ('site' | 'grade' | 'race')[]): CountTable => {
			const [first, second] = pair;
			const cells = truth.map(({ at }): Record<string, string> => ({
				...(first === undefined ? {} : { [first]: at[first] ?? '' }),
				...(second === undefined ? {} : { [second]: at[second] ?? '' }),
			}));
			const unique = [...new Map(cells.map((at) => [JSON.stringify(at), at])).values()];
			return {
				kind: 'counts',
				id: pair.join('-'),
				populationId: 'cited',
				dimensions: pair.map((attributeId) => ({ attributeId, groups: groups[attributeId] })),
				cells: unique.map((at) => ({
					at,
					count: truth
						.filter((cell) => Object.entries(at).every(([a, g]) => cell.at[a] === g))
						.reduce((sum, { count }) => sum + count, 0),
				})),
			};
		};
		const secret: CountTable = {
			kind: 'counts',
			id: 'secret',
			populationId: 'cited',
			dimensions: attributes.map((attributeId) => ({ attributeId, groups: groups[attributeId] })),
			cells: [{ at: { site: 's0', grade: 'g0', race: 'r0' }, count: null }],
		};
		const pairs = [table(['site', 'grade']), table(['grade', 'race']), table(['site', 'race'])];

		const [problem] = auditCounts([secret, ...pairs], params.minN).problems;

		expect(problem).toMatchObject({ table: 'secret', reason: 'narrow', low: 4, high: 4 });
	});

	it('refuses a crossing too large to audit, with the way out', () => {
		const dimensions = ['a', 'b', 'c'].map((attributeId) => ({
			attributeId,
			groups: ids(attributeId, 20),
		}));
		const table: CountTable = { kind: 'counts', id: 't', populationId: 'p', dimensions, cells: [] };

		expect(() => auditCounts([table], 10)).toThrow(/fewer dimensions/);
	});
});
