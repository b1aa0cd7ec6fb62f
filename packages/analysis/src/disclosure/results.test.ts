import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { surveyParams } from './params.ts';
import { nBand, showCell } from './percent.ts';
import { auditResults } from './results-audit.ts';
import { protectResults, type ResultsInput } from './results.ts';

const pool = { id: 'pool', label: 'All masked groups' };
const base: ResultsInput = {
	id: 'q by race',
	populationId: 'students',
	questionId: 'q',
	attributeId: 'race',
	isMultiple: false,
	options: ['yes', 'part', 'no'],
	total: { n: 577, counts: [300, 150, 127] },
	groups: [
		{ id: 'white', label: 'White', n: 412, counts: [230, 100, 82] },
		{ id: 'black', label: 'Black', n: 58, counts: [25, 18, 15] },
		{ id: 'hispanic', label: 'Hispanic', n: 41, counts: [20, 12, 9] },
		{ id: 'two', label: 'Two or more', n: 36, counts: [15, 12, 9] },
		{ id: 'asian', label: 'Asian', n: 23, counts: [8, 6, 9] },
		{ id: 'indian', label: 'American Indian', n: 7, counts: [2, 2, 3] },
	],
	pool,
	params: surveyParams,
};

const suppress = { ...surveyParams, smallGroup: 'suppress' } as const;
const words = (cells: { type: string; figure?: { text: string } }[] | undefined): unknown[] =>
	(cells ?? []).map((cell) => cell.figure?.text ?? null);

describe('results of one question by one attribute', () => {
	it('show an exact total, bands for groups, and the small ones pooled', () => {
		const { table, audit } = protectResults(base);

		expect(audit).toEqual({ ok: true, problems: [] });
		expect(table.total.people).toEqual({ type: 'exact', n: 577 });
		expect(words(table.total.cells)).toEqual(['52%', '26%', '22%']);
		expect(table.groups.map(({ id, people }) => [id, people])).toEqual([
			['white', { type: 'band', band: '300+' }],
			['black', { type: 'band', band: '40-99' }],
			['hispanic', { type: 'band', band: '40-99' }],
			['two', { type: 'band', band: '20-39' }],
			['pool', { type: 'band', band: '20-39' }],
		]);
		expect(words(table.groups.at(-1)?.cells)).toEqual(['30–39%', '20–29%', '40–49%']);
		expect(table.pool).toEqual({ id: 'pool', members: ['asian', 'indian'] });
	});

	it('hide a small group and its complement behind the same mark', () => {
		const { table } = protectResults({ ...base, params: suppress });
		const hidden = table.groups.filter(({ people }) => people.type === 'hidden');

		expect(hidden.map(({ id }) => id)).toEqual(['asian', 'indian']);
		expect(new Set(hidden.map(({ people, cells }) => JSON.stringify([people, cells]))).size).toBe(
			1,
		);
	});

	it('hide both of two categories when one is small', () => {
		const { table } = protectResults({
			...base,
			total: { n: 218, counts: [100, 60, 58] },
			groups: [
				{ id: 'with', label: 'With IEP/504', n: 8, counts: [4, 2, 2] },
				{ id: 'without', label: 'Without', n: 210, counts: [96, 58, 56] },
			],
		});

		expect(table.isBreakdownShown).toBe(false);
		expect(table.statedN).toBeNull();
		expect(table.groups.every(({ people }) => people.type === 'hidden')).toBe(true);
	});

	it('show nothing of fewer than minN answers', () => {
		const { table } = protectResults({
			...base,
			total: { n: 7, counts: [7, 0, 0] },
			groups: [{ id: 'white', label: 'White', n: 7, counts: [7, 0, 0] }],
		});

		expect(table.total).toEqual({
			people: { type: 'band', band: '<10' },
			cells: [{ type: 'hidden' }, { type: 'hidden' }, { type: 'hidden' }],
		});
		expect(table.isBreakdownShown).toBe(false);
	});

	it('show no breakdown whose only group is everyone', () => {
		const { table } = protectResults({
			...base,
			total: { n: 50, counts: [20, 20, 10] },
			groups: [{ id: 'white', label: 'White', n: 50, counts: [20, 20, 10] }],
		});

		expect(table.isBreakdownShown).toBe(false);
	});

	it('do not let two bands at their lowest give exact numbers back', () => {
		const { table } = protectResults({
			...base,
			total: { n: 50, counts: [20, 20, 10] },
			groups: [
				{ id: 'a', label: 'A', n: 40, counts: [16, 16, 8] },
				{ id: 'b', label: 'B', n: 10, counts: [4, 4, 2] },
			],
		});

		expect(table.isBreakdownShown).toBe(false);
	});

	it('show combinations of options beside them, such as agree and disagree', () => {
		const { table } = protectResults({
			...base,
			combinations: [{ id: 'any', of: ['yes', 'part'] }],
		});

		expect(table.options.at(-1)).toEqual({ id: 'any', of: ['yes', 'part'] });
		expect(words(table.total.cells).at(-1)).toBe('78%');
	});

	it('take a theme or an option of many as a question of its own', () => {
		const { table, audit } = protectResults({
			...base,
			isMultiple: true,
			options: ['A1', 'A2'],
			total: { n: 577, counts: [577, 287] },
			groups: base.groups.map((group) => ({
				...group,
				counts: [group.n, Math.floor(group.n / 2)],
			})),
		});

		expect(audit.ok).toBe(true);
		expect(words(table.groups[0]?.cells)).toEqual(['≥99%', '50%']);
	});

	it('give the same table for the same counts', () => {
		expect(protectResults(base)).toEqual(protectResults(structuredClone(base)));
	});

	it.each([
		['counts of another question', { total: { n: 577, counts: [300, 150] } }, /2 counts for 3/],
		['counts that do not add up', { total: { n: 577, counts: [1, 2, 3] } }, /do not fit 577/],
		['groups beyond the total', { total: { n: 30, counts: [10, 10, 10] } }, /groups hold 577/],
		[
			'a combination of the unknown',
			{ combinations: [{ id: 'x', of: ['maybe'] }] },
			/'x' must sum/,
		],
	])('refuse %s', (_, change, message) => {
		expect(() => protectResults({ ...base, ...change })).toThrow(message);
	});

	it('hold no group number that is not a band, for any counts', () => {
		fc.assert(
			fc.property(randomInputs, (input) => {
				const { table, audit } = protectResults(input);
				const shown = table.groups.filter(({ people }) => people.type !== 'hidden');
				const sizes = shown.map(({ members }) =>
					input.groups.filter(({ id }) => members.includes(id)).reduce((sum, { n }) => sum + n, 0),
				);

				expect(audit.ok).toBe(true);
				expect(shown.every(({ people }) => people.type === 'band')).toBe(true);
				expect(sizes.every((n) => n >= input.params.minN)).toBe(true);
				expect(shown.every(({ members }, i) => members.length > 1 || (sizes[i] ?? 0) >= 10)).toBe(
					true,
				);
			}),
			{ seed: 21, numRuns: 200 },
		);
	});
});

describe('the audit of results', () => {
	it('finds a small group that exact numbers beside it give away', () => {
		const { table } = protectResults({ ...base, params: suppress });
		const exact = {
			...table,
			groups: table.groups.map((row) =>
				row.id === 'indian'
					? row
					: {
							...row,
							people: {
								type: 'exact' as const,
								n: base.groups.find(({ id }) => id === row.id)?.n ?? 0,
							},
						},
			),
		};

		expect(auditResults([exact], { minN: 10, nests: [] }).problems).toContainEqual({
			table: 'q by race',
			cell: 'people of indian',
			low: 7,
			high: 7,
			reason: 'determined',
		});
	});

	it('finds that nobody chose an option when the rest of the row says so', () => {
		const input = {
			...base,
			total: { n: 660, counts: [342, 218, 100] },
			groups: [
				{ id: 'a', label: 'A', n: 300, counts: [150, 100, 50] },
				{ id: 'b', label: 'B', n: 60, counts: [42, 18, 0] },
				{ id: 'c', label: 'C', n: 300, counts: [150, 100, 50] },
			],
		};
		const { table } = protectResults(input);
		const rowOf = ({ n, counts }: { n: number; counts: number[] }) => ({
			people: { type: 'band' as const, band: nBand(n, surveyParams) },
			cells: counts.map((count) => showCell(count, n, surveyParams)),
		});
		const open = {
			...table,
			pool: null,
			groups: input.groups.map((group) => ({ ...group, members: [group.id], ...rowOf(group) })),
		};

		expect(words(open.groups[1]?.cells)).toEqual(['70%', '30%', '≤5%']);
		expect(auditResults([open], { minN: 10, nests: [] }).problems).toEqual([
			{ table: 'q by race', cell: 'no of b', low: 0, high: 0, reason: 'determined' },
		]);
		expect(table.groups.map(({ members }) => members)).toEqual([['c'], ['a', 'b']]);
	});
});

/** Any counts of a single-choice or multiple-choice question by up to seven groups. */
const randomInputs = fc
	.record({
		isMultiple: fc.boolean(),
		smallGroup: fc.constantFrom('pool_then_suppress' as const, 'suppress' as const),
		groups: fc.array(
			fc.record({
				scale: fc.constantFrom(1, 3, 12),
				counts: fc.array(fc.integer({ min: 0, max: 9 }), { minLength: 4, maxLength: 4 }),
			}),
			{ minLength: 1, maxLength: 7 },
		),
		unstated: fc.integer({ min: 0, max: 12 }),
	})
	.map(({ isMultiple, smallGroup, groups, unstated }): ResultsInput => {
		const scaled = groups.map(({ scale, counts }, index) => {
			const scaledCounts = counts.map((count) => count * scale);
			const sum = scaledCounts.reduce((total, count) => total + count, 0);
			return { id: `g${index}`, label: `G${index}`, n: sum, counts: scaledCounts };
		});
		const sumAt = (index: number): number =>
			scaled.reduce((sum, { counts }) => sum + (counts[index] ?? 0), 0);
		const n = scaled.reduce((sum, group) => sum + group.n, 0) + unstated;
		return {
			...base,
			isMultiple,
			options: ['a', 'b', 'c', 'd'],
			total: { n, counts: [sumAt(0) + unstated, sumAt(1), sumAt(2), sumAt(3)] },
			groups: scaled,
			params: { ...surveyParams, smallGroup },
		};
	});
