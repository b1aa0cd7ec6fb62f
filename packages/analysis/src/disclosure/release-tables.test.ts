import { describe, expect, it } from 'vitest';
import type { CountTable } from './count-audit.ts';
import { levelNest, makeDistrict, usualAttributes } from './district-fixture.ts';
import { surveyParams } from './params.ts';
import { type ParticipationInput, protectParticipation } from './participation.ts';
import { auditRelease, type ReleaseTable } from './release-audit.ts';
import { protectRelease } from './release.ts';
import { protectResults, type ResultsInput } from './results.ts';

const options = { minN: 10, nests: [levelNest] };
const nothing = { participation: [], results: [], counts: [], earlier: [] };

/** Who took part of two high schools and a middle school, by school and by level. */
function whoTookPart([north, south, east]: readonly [number, number, number]) {
	const rest = {
		populationId: 'students',
		responded: north + south + east,
		pool: { id: 'pool', label: 'All masked groups' },
		params: { ...surveyParams, smallGroup: 'suppress' },
	} as const;
	const group = (id: string, enrolled: number, responded: number) => ({
		id,
		label: id,
		enrolled,
		responded,
	});
	const bySchool: ParticipationInput = {
		...rest,
		id: 'who by school',
		attributeId: 'school',
		groups: [group('school0', 100, north), group('school1', 80, south), group('school3', 90, east)],
	};
	const byLevel: ParticipationInput = {
		...rest,
		id: 'who by level',
		attributeId: 'level',
		groups: [group('high', 180, north + south), group('middle', 90, east)],
	};
	return [bySchool, byLevel];
}

function answers(id: string, n: number, sizes: Readonly<Record<string, number>>): ResultsInput {
	const counts = (people: number) => [Math.floor(people / 2), Math.ceil(people / 2)];
	return {
		id,
		populationId: 'students',
		questionId: 'q',
		attributeId: 'race',
		isMultiple: false,
		options: ['yes', 'no'],
		total: { n, counts: counts(n) },
		groups: Object.entries(sizes).map(([group, size]) => ({
			id: group,
			label: group,
			n: size,
			counts: counts(size),
		})),
		pool: { id: 'pool', label: 'All masked groups' },
		params: surveyParams,
	};
}

function countsOf(id: string, cells: Readonly<Record<string, number | null>>): CountTable {
	const at = (key: string) =>
		Object.fromEntries(key === '' ? [] : key.split(' ').map((part) => part.split('=')));
	return {
		kind: 'counts',
		id,
		populationId: id,
		dimensions: [
			{ attributeId: 'school', groups: ['a', 'b'] },
			{ attributeId: 'year', groups: ['7', '8'] },
		],
		cells: Object.entries(cells).map(([key, count]) => ({ at: at(key), count })),
		seriesId: 'citations',
	};
}

describe('tables that give something away only together', () => {
	// High schools have 10 to 19, school0 of them 10 to 19: school1 is 0 to 9 at most, and by the sum
	// of 26 with a middle school of 10 to 19, 0 to 6.
	const input = whoTookPart([13, 3, 10]);

	it('are named, with what can be worked out', () => {
		const tables = input.map(protectParticipation);
		expect(auditRelease(tables, [], options)).toEqual({
			ok: false,
			problems: [
				{ table: 'who by school', cell: 'people of school1', low: 0, high: 6, reason: 'narrow' },
				{ table: 'who by school', cell: 'people of school3', low: 10, high: 16, reason: 'narrow' },
			],
		});
		for (const table of tables) {
			expect(auditRelease([table], [], options).ok).toBe(true);
		}
	});

	it('lose the groups of the one that is found out, and no other', () => {
		const { tables, withheld, audit } = protectRelease(
			{ ...nothing, participation: input },
			options,
		);

		expect(withheld).toEqual(['who by school']);
		expect(tables.map(({ id }) => id)).toEqual(['who by school', 'who by level']);
		expect(tables.map((table) => table.kind === 'participation' && table.isBreakdownShown)).toEqual(
			[false, true],
		);
		expect(audit.ok).toBe(true);
	});

	it('are those of one population', () => {
		const [bySchool, byLevel] = input.map(protectParticipation);
		const elsewhere = { ...(byLevel as ReleaseTable), populationId: 'staff' };

		expect(auditRelease([bySchool as ReleaseTable, elsewhere], [], options).ok).toBe(true);
	});
});

describe('what a district loses to its other tables', () => {
	it.each([
		{ students: 120, seed: 120, minN: 10, withheld: ['q0 by race', 'q1 by grade'] },
		{ students: 200, seed: 2, minN: 20, withheld: ['q1 by school', 'q0 by school', 'q0 by grade'] },
		{
			students: 300,
			seed: 300,
			minN: 10,
			withheld: ['q1 by school', 'q0 by school', 'q0 by race'],
		},
		{ students: 300, seed: 2, minN: 20, withheld: ['q1 by race', 'q0 by race'] },
		{ students: 500, seed: 2, minN: 10, withheld: [] },
		{ students: 500, seed: 500, minN: 20, isHiding: true, withheld: ['who by school'] },
	])(
		'of $students students, minN $minN: $withheld',
		({ students, seed, minN, isHiding = false, withheld }) => {
			const params = {
				...surveyParams,
				minN,
				...(isHiding ? { smallGroup: 'suppress' as const } : {}),
			};
			const plan = { seed, students, questions: 2, skip: 0.04, attributes: usualAttributes };
			const district = makeDistrict(plan, params);
			const made = protectRelease(district, { minN, nests: [levelNest] });

			expect(made.withheld).toEqual(withheld);
			expect(made.audit).toEqual({ ok: true, problems: [] });
		},
	);
});

describe('the tables of a release', () => {
	const counts = countsOf('citations', { 'school=a': 40, 'school=b': 30, '': 70 });
	const sizes = { white: 60, black: 20 };

	it('come as the report has them: who took part, counts, then results', () => {
		const { tables, withheld, audit } = protectRelease(
			{
				...nothing,
				participation: whoTookPart([50, 40, 30]),
				counts: [counts],
				results: [answers('q by race', 80, sizes)],
			},
			options,
		);

		expect(tables.map(({ id }) => id)).toEqual([
			'who by school',
			'who by level',
			'citations',
			'q by race',
		]);
		expect(tables[2]).toEqual(counts);
		expect({ withheld, audit }).toEqual({ withheld: [], audit: { ok: true, problems: [] } });
	});

	it('cannot be mended where counts give themselves away: the audit says so, nothing is withheld', () => {
		const { audit, withheld } = protectRelease(
			{
				...nothing,
				counts: [countsOf('citations', { 'school=a': 64, 'school=b': null, '': 70 })],
				results: [answers('q by race', 80, sizes)],
			},
			options,
		);

		expect(audit.problems).toEqual([
			{ table: 'citations', cell: 'school=b', low: 6, high: 6, reason: 'determined' },
		]);
		expect(withheld).toEqual([]);
	});
});

describe('numbers beside those of an earlier release', () => {
	const problemsOf = (now: ReleaseTable, ...before: ReleaseTable[]) =>
		auditRelease(
			[now],
			before.map((table) => [table]),
			options,
		).problems;
	const table = (n: number, sizes: Readonly<Record<string, number>>) =>
		protectResults(answers('q by race', n, sizes)).table;

	it.each([
		[1, true],
		[9, true],
		[10, false],
		[0, false],
	])('that differ by %s people: blocked %s, whichever way', (difference, isBlocked) => {
		const [more, less] = [table(100 + difference, { white: 60 }), table(100, { white: 60 })];
		const problem = {
			cell: 'people of q',
			low: difference,
			high: difference,
			reason: 'difference',
		};
		const expected = isBlocked ? [expect.objectContaining(problem)] : [];

		expect(problemsOf(more, less)).toEqual(expected);
		expect(problemsOf(less, more)).toEqual(expected);
	});

	it('are those of the same question and population', () => {
		const [now, before] = [table(103, { white: 60 }), table(100, { white: 60 })];

		expect(problemsOf(now, { ...before, questionId: 'another' })).toEqual([]);
		expect(problemsOf(now, { ...before, populationId: 'staff' })).toEqual([]);
	});

	it('are those who stated a group too, named by the attribute', () => {
		expect(
			problemsOf(table(100, { white: 63, black: 20 }), table(100, { white: 60, black: 20 })),
		).toContainEqual({
			table: 'q by race',
			cell: 'people of q by race',
			low: 3,
			high: 3,
			reason: 'difference',
		});
	});

	it('are those who took part, and are not told where fewer than minN did', () => {
		const who = (...people: [number, number, number]): ReleaseTable => {
			const [bySchool] = whoTookPart(people).map(protectParticipation);
			return { ...(bySchool as ReleaseTable), id: 'who' };
		};
		const differences = problemsOf(who(54, 40, 30), who(50, 40, 30)).filter(
			({ reason }) => reason === 'difference',
		);
		expect(differences.map(({ cell, low, high }) => [cell, low, high])).toEqual([
			['people', 4, 4],
			['people by school', 4, 4],
		]);
		expect(problemsOf(who(3, 3, 1), who(3, 3, 2))).toEqual([]);
	});

	it('are counts of a series, cell by cell', () => {
		const before = countsOf('october', { 'school=a year=7': 40, 'school=a': 60, '': 90 });
		const now = countsOf('november', { 'school=a year=7': 43, 'school=a': 60, '': 120 });

		expect(problemsOf(now, before)).toEqual([
			{ table: 'november', cell: 'school=a, year=7', low: 3, high: 3, reason: 'difference' },
		]);
		expect(problemsOf({ ...now, seriesId: 'referrals' }, before)).toEqual([]);
	});

	it.each([
		[25, 5],
		[45, 1],
	])('are compared with every earlier release: %s differs by %s', (now, difference) => {
		const earlier = [countsOf('september', { '': 20 }), countsOf('october', { '': 44 })];

		expect(problemsOf(countsOf('november', { '': now }), ...earlier)).toMatchObject([
			{ table: 'november', cell: 'total', low: difference, high: difference },
		]);
	});
});

describe('problems of earlier releases', () => {
	const broken = countsOf('october', { 'school=a': 64, 'school=b': null, '': 70 });
	const november = countsOf('november', { '': 90 });

	it('are not the doing of one that adds nothing to them', () => {
		expect(auditRelease([], [[broken]], options).problems).toEqual([]);
		expect(auditRelease([november], [[broken]], options).problems).toEqual([]);
	});

	it('are where it is the one that makes them, and the release they belong to is named', () => {
		const whole = countsOf('october', { 'school=a': null, 'school=b': null, '': 70 });
		const now = { ...countsOf('november', { 'school=a': 64 }), populationId: 'october' };

		expect(auditRelease([now], [[], [whole]], options).problems).toEqual([
			{ table: 'earlier 2: october', cell: 'school=a', low: 64, high: 64, reason: 'determined' },
			{ table: 'earlier 2: october', cell: 'school=b', low: 6, high: 6, reason: 'determined' },
		]);
	});
});
