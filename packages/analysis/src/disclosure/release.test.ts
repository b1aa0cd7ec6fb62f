import { describe, expect, it } from 'vitest';
import { type DistrictPlan, levelNest, makeDistrict, usualAttributes } from './district-fixture.ts';
import { protectCounts } from './count-table.ts';
import { incidentParams, surveyParams } from './params.ts';
import { protectParticipation } from './participation.ts';
import { auditRelease, type ReleaseTable } from './release-audit.ts';
import { protectRelease } from './release.ts';
import { protectResults, type ResultsInput } from './results.ts';

const options = { minN: 10, nests: [levelNest] };
const plan: DistrictPlan = {
	seed: 41,
	students: 1750,
	questions: 6,
	skip: 0.04,
	attributes: usualAttributes,
};
const suppress = { ...surveyParams, smallGroup: 'suppress' } as const;
const district = makeDistrict(plan, surveyParams);
const release = protectRelease(district, options);

/** Of the group rows that stand on minN or more people, the part that is shown by itself. */
function shownPart(inputs: readonly ResultsInput[], tables: readonly ReleaseTable[]): number {
	const rows = inputs.flatMap((input) =>
		input.groups
			.filter(({ n }) => n >= input.params.minN)
			.map(({ id }) => ({ id, table: tables.find((table) => table.id === input.id) })),
	);
	const shown = rows.filter(
		({ id, table }) =>
			table?.kind === 'results' &&
			table.groups.some((row) => row.id === id && row.people.type !== 'hidden'),
	);
	return shown.length / rows.length;
}

describe('a release protected as a whole', () => {
	it.each([
		[300, surveyParams],
		[800, surveyParams],
		[800, suppress],
		[1750, suppress],
		// Here the schools that took part give their level away: one table must show no group.
		[120, { ...suppress, minN: 20 }],
	])('of %s students passes the audit of all its tables together', (students, params) => {
		const input = makeDistrict({ ...plan, seed: students, students }, params);
		const { audit } = protectRelease(input, { ...options, minN: params.minN });

		expect(audit.problems).toEqual([]);
	});

	it('of a district of one school is not blocked: its number is everybody’s', () => {
		const one = makeDistrict(
			{ ...plan, students: 300, attributes: [{ id: 'school', weights: [1] }] },
			surveyParams,
		);
		expect(protectRelease(one, { minN: 10, nests: [] }).audit.problems).toEqual([]);
	});

	it('shows nine of ten rows that need no protection, in a district of the sample size', () => {
		expect(release.audit.ok).toBe(true);
		expect(shownPart(district.results, release.tables)).toBeGreaterThanOrEqual(0.9);
	});

	it('shows no number of a group but a band', () => {
		const people = release.tables.flatMap((table) =>
			table.kind === 'results' ? table.groups.map((row) => row.people.type) : [],
		);

		expect(people).not.toContain('exact');
	});

	it('is needed: each table protected by itself gives figures away beside the others', () => {
		const alone = [
			...district.participation.map(protectParticipation),
			...district.results.map((input) => protectResults(input).table),
		];

		expect(auditRelease(alone, [], options).ok).toBe(false);
	});

	it('reports what the naive rule of hiding under 10 gives away', () => {
		const verdicts = district.results
			.filter(({ groups }) => groups.some(({ n }) => n < 10))
			.map((input) => auditRelease([naive(input)], [], options).problems);
		const solved = verdicts.filter((problems) =>
			problems.some(({ reason }) => reason === 'determined'),
		);

		expect(verdicts.length).toBeGreaterThan(4);
		expect(verdicts.every((problems) => problems.length > 0)).toBe(true);
		expect(solved.length / verdicts.length).toBeGreaterThan(0.5);
	});
});

/** Exact numbers, and those under 10 hidden. */
function naive(input: ResultsInput): ReleaseTable {
	const { table } = protectResults(input);
	return {
		...table,
		pool: null,
		isBreakdownShown: true,
		statedN: input.groups.reduce((sum, { n }) => sum + n, 0),
		groups: input.groups.map(({ id, label, n, counts }) => ({
			id,
			label,
			members: [id],
			people: n < 10 ? { type: 'hidden' } : { type: 'exact', n },
			cells: [...counts, ...(input.combinations ?? [])].map(() => ({ type: 'hidden' })),
		})),
	};
}

describe('a release beside earlier ones', () => {
	it('passes again when it says the same', () => {
		expect(auditRelease(release.tables, [release.tables], options).problems).toEqual([]);
	});

	it('is blocked when an earlier one showed a group that is small now', () => {
		const sizes = { white: 412, black: 58, hispanic: 41, asian: 9, indian: 8 };
		const groups = Object.entries(sizes).map(([id, n]) => ({
			id,
			label: id,
			n,
			counts: [Math.floor(n / 3), Math.ceil((2 * n) / 3)],
		}));
		const tableAt = (minN: number): ReleaseTable =>
			protectResults({
				id: 'q by race',
				populationId: 'students',
				questionId: 'q',
				attributeId: 'race',
				isMultiple: false,
				options: ['yes', 'no'],
				total: { n: 528, counts: [174, 354] },
				groups,
				pool: { id: 'pool', label: 'All masked groups' },
				params: { ...suppress, minN },
			}).table;

		expect(auditRelease([tableAt(10)], [], options).ok).toBe(true);
		expect(auditRelease([tableAt(10)], [[tableAt(5)]], options).problems).toContainEqual({
			table: 'q by race',
			cell: 'people of asian',
			low: 5,
			high: 9,
			reason: 'narrow',
		});
	});

	it('is blocked when a total differs by a few people', () => {
		const later = release.tables.map((table) =>
			table.kind === 'results' && table.total.people.type === 'exact'
				? {
						...table,
						total: {
							...table.total,
							people: { ...table.total.people, n: table.total.people.n + 3 },
						},
					}
				: table,
		);
		const { problems } = auditRelease(later, [release.tables], options);

		expect(problems).toContainEqual({
			table: 'q0 by school',
			cell: 'people of q0',
			low: 3,
			high: 3,
			reason: 'difference',
		});
	});

	it('is blocked when one hides what the other shows beside the same total', () => {
		const counts = [40, 15, 6].map((count, index) => ({ id: `s${index}`, count }));
		const input = {
			populationId: 'cited',
			attributeId: 'school',
			groups: counts,
			isTotalShown: true,
			params: incidentParams,
		};
		const first = protectCounts({ ...input, id: 'first' });
		const second = {
			...first,
			id: 'second',
			cells: [{ at: { school: 's1' }, count: 15 }],
		};

		expect(auditRelease([second], [[first]], options).problems).toContainEqual({
			table: 'earlier 1: first',
			cell: 'school=s2',
			low: 6,
			high: 6,
			reason: 'determined',
		});
	});

	it('is blocked when counts of a series grow by a few', () => {
		const table = (id: string, populationId: string, total: number) => ({
			...protectCounts({
				id,
				populationId,
				attributeId: 'school',
				groups: [{ id: 'all', count: total }],
				isTotalShown: true,
				params: incidentParams,
			}),
			seriesId: 'citations',
		});
		const [october, november] = [table('october', 'oct', 14), table('november', 'nov', 15)];

		expect(auditRelease([november], [[october]], options).problems).toContainEqual({
			table: 'november',
			cell: 'total',
			low: 1,
			high: 1,
			reason: 'difference',
		});
		expect(auditRelease([table('december', 'dec', 24)], [[october]], options).ok).toBe(true);
	});
});
