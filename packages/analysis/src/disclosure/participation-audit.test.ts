import { describe, expect, it } from 'vitest';
import { auditParticipation, groupsTold } from './participation-audit.ts';
import type { ParticipationRow, ParticipationTable } from './participation.ts';
import { peopleKey } from './question-system.ts';

interface Sketch {
	id?: string;
	attributeId?: string;
	/** 'north: 40, 10-19; south: 9, ?': of 40 enrolled 10 to 19 took part, the others are hidden. */
	rows: string;
	statedN: number | null;
	/** All who took part; those who stated a group unless given. */
	total?: number | string;
	pool?: { enrolled: number; band: string; members: string[] };
	isBreakdownShown?: boolean;
	isRate?: boolean;
}

function rowOf(id: string, enrolled: number, band: string, members = [id]): ParticipationRow {
	const hidden = { type: 'hidden' } as const;
	return {
		id,
		label: id,
		members,
		enrolled,
		enrolledShare: { text: '0%', low: 0, high: 0 },
		people: band === '?' ? hidden : { type: 'band', band },
		share: hidden,
		rate: hidden,
		gap: null,
	};
}

function tableOf({
	rows,
	statedN,
	total = statedN ?? 0,
	pool,
	...rest
}: Sketch): ParticipationTable {
	const own = rows.split('; ').map((row) => {
		const [id = '', enrolled, band = ''] = row.split(/: |, /);
		return rowOf(id, Number(enrolled), band);
	});
	const pooled = pool ? [rowOf('pool', pool.enrolled, pool.band, pool.members)] : [];
	return {
		kind: 'participation',
		id: 'who',
		populationId: 'students',
		attributeId: 'school',
		total: {
			enrolled: [...own, ...pooled].reduce((sum, row) => sum + row.enrolled, 0),
			people:
				typeof total === 'number' ? { type: 'exact', n: total } : { type: 'band', band: total },
			rate: { type: 'hidden' },
		},
		statedN,
		rows: [...own, ...pooled],
		pool: pool ? { id: 'pool', members: pool.members } : null,
		isBreakdownShown: true,
		...rest,
	};
}

function who(rows: string, statedN: number | null, rest: Partial<Sketch> = {}): Sketch {
	return { rows, statedN, ...rest };
}

const options = { minN: 10, nests: [] };

function problemsOf(
	tables: readonly Sketch[],
	given: Parameters<typeof auditParticipation>[1] = options,
) {
	return auditParticipation(tables.map(tableOf), given).audit.problems;
}

function boundsOf(sketch: Sketch): Record<string, string> {
	const { bounds } = auditParticipation([tableOf(sketch)], options);
	return Object.fromEntries(
		[...(bounds.get(sketch.attributeId ?? 'school') ?? [])].map(([group, { low, high }]) => [
			group,
			`${low}-${high}`,
		]),
	);
}

describe('a group of hidden people', () => {
	it('is found where the sum leaves one number for it, and what that says of the shown one', () => {
		// 28 in all, of north at most 19, of south at most the 9 who are enrolled.
		const problems = problemsOf([who('north: 40, 10-19; south: 9, ?', 28)]);

		expect(problems).toEqual([
			{ table: 'who', cell: 'people of north', low: 19, high: 19, reason: 'determined' },
			{ table: 'who', cell: 'people of south', low: 9, high: 9, reason: 'determined' },
		]);
	});

	it('is found where fewer than minN numbers are left', () => {
		// North is 10 to 19, so of 25 south has 6 to 15: nine apart.
		expect(problemsOf([who('north: 40, 10-19; south: 60, ?', 25)])).toEqual([
			{ table: 'who', cell: 'people of south', low: 6, high: 15, reason: 'narrow' },
		]);
	});

	it('is hidden where minN numbers are left', () => {
		// North is 10 to 20: south has 5 to 15, ten apart.
		expect(problemsOf([who('north: 40, 10-20; south: 60, ?', 25)])).toEqual([]);
	});

	it('is judged by its enrolment where that is below minN: nobody can be vaguer than that', () => {
		const sketch = (enrolled: number): Sketch => who(`north: 40, 10-19; south: ${enrolled}, ?`, 19);
		expect(problemsOf([sketch(6)])).toEqual([]);
		expect(boundsOf(sketch(6))).toEqual({ north: '13-19', south: '0-6' });
		expect(problemsOf([{ ...sketch(6), statedN: 20 }])).toEqual([
			{ table: 'who', cell: 'people of south', low: 1, high: 6, reason: 'narrow' },
		]);
	});

	it('is nothing to find where nobody is enrolled', () => {
		expect(problemsOf([who('north: 40, 10-19; closed: 0, ?; south: 40, 10-19', 30)])).toEqual([]);
	});

	it('may be known to a few numbers where its rate was shown while answers came in', () => {
		const later: Sketch = who('north: 40, 10-19; south: 60, ?', 25);
		const rates: Sketch = who('north: 40, 10-19; south: 60, 6-15', null, {
			id: 'rates',
			total: 25,
			isRate: true,
		});
		expect(problemsOf([later, rates])).toEqual([]);
		// A rate that was hidden excuses nothing, nor does one of a group of that name elsewhere.
		expect(problemsOf([later, { ...rates, rows: 'north: 40, 10-19; south: 60, ?' }])).toMatchObject(
			[{ table: 'who', cell: 'people of south', reason: 'narrow' }],
		);
		expect(problemsOf([later, { ...rates, attributeId: 'grade' }])).toMatchObject([
			{ table: 'who', cell: 'people of south', reason: 'narrow' },
		]);
	});
});

describe('a group whose range is shown', () => {
	it('need only be known to two numbers', () => {
		expect(problemsOf([who('north: 40, 10-19; south: 40, 10-19', 37)])).toEqual([]);
	});

	it('is found where the sum leaves one', () => {
		expect(problemsOf([who('north: 40, 10-19; south: 40, 10-19', 38)])).toEqual([
			{ table: 'who', cell: 'people of north', low: 19, high: 19, reason: 'determined' },
			{ table: 'who', cell: 'people of south', low: 19, high: 19, reason: 'determined' },
		]);
	});
});

describe('a pool', () => {
	const pool = (enrolled: number) => ({ enrolled, band: '10-19', members: ['east', 'west'] });

	it('hides its members behind one another', () => {
		expect(problemsOf([who('north: 40, 20-29', 40, { pool: pool(30) })])).toEqual([]);
	});

	it('is found to give them away where another table says how many of one there were', () => {
		const eastAlone: Sketch = who('north: 40, 20-29; east: 15, 9-9; west: 15, 3-8', null, {
			id: 'earlier',
			total: 40,
		});
		expect(problemsOf([who('north: 40, 20-29', 38, { pool: pool(30) }), eastAlone])).toEqual([
			{ table: 'who', cell: 'people of east', low: 9, high: 9, reason: 'determined' },
			{ table: 'earlier', cell: 'people of east', low: 9, high: 9, reason: 'determined' },
		]);
	});

	it('is reckoned by all its members together', () => {
		expect(boundsOf(who('north: 40, 20-29', 40, { pool: pool(14) }))).toEqual({
			north: '26-29',
			east: '0-14',
			west: '0-14',
		});
	});
});

describe('what is known of each group', () => {
	it('is bounded by enrolment, by the sum, and by what the others have at least', () => {
		expect(boundsOf(who('north: 18, 10-19; south: 300, 100-149; east: 50, ?', 160))).toEqual({
			north: '10-18',
			south: '100-149',
			east: '0-50',
		});
	});

	it('is at most all who took part, where nobody says how many stated a group', () => {
		expect(boundsOf(who('north: 90, ?; south: 90, ?', null, { total: 40 }))).toEqual({
			north: '0-40',
			south: '0-40',
		});
		expect(boundsOf(who('north: 90, ?; south: 90, ?', null, { total: '<10' }))).toEqual({
			north: '0-9',
			south: '0-9',
		});
	});

	it('of a table that shows no group is not judged', () => {
		const none = { total: '<10', isBreakdownShown: false };
		expect(problemsOf([who('north: 3, ?; south: 90, ?', null, none)])).toEqual([]);
	});

	it('of rates shown by their own rules is not judged', () => {
		const rates: Sketch = who('north: 40, 12-12; south: 40, 13-13', 25);
		expect(problemsOf([rates])).toHaveLength(2);
		expect(problemsOf([{ ...rates, isRate: true }])).toEqual([]);
	});

	it('that cannot be true of any group is reported of every table', () => {
		const impossible = auditParticipation(
			[
				tableOf(who('north: 40, 10-19', 12, { id: 'one' })),
				tableOf(who('north: 40, 20-29', 22, { id: 'two' })),
			],
			options,
		);
		expect(impossible.audit).toEqual({
			ok: false,
			problems: ['one', 'two'].map((table) => ({
				table,
				cell: 'all',
				low: 0,
				high: 0,
				reason: 'contradiction',
			})),
		});
		expect(impossible.bounds.size).toBe(0);
	});
});

describe('schools of a level', () => {
	const nest = {
		parent: 'level',
		child: 'school',
		parentOf: { north: 'high', south: 'high', east: 'middle' },
	};
	const levels = (statedN: number | null, high: string): Sketch => ({
		id: 'levels',
		attributeId: 'level',
		rows: `high: 200, ${high}; middle: 100, 30-39`,
		statedN,
		total: 70,
	});
	const schools: Sketch = who('north: 100, 20-29; south: 100, ?; east: 100, 30-39', 70, {
		id: 'schools',
	});
	const nested = { minN: 10, nests: [nest] };

	it('are found where the level says what is left for one of them', () => {
		expect(problemsOf([levels(70, '30-34'), schools], nested)).toEqual([]);
		expect(problemsOf([levels(70, '35-35'), schools], nested)).toContainEqual({
			table: 'schools',
			cell: 'people of south',
			low: 6,
			high: 15,
			reason: 'narrow',
		});
	});

	it('are not when nests are not known', () => {
		expect(problemsOf([schools])).toEqual([]);
	});

	it('are at most those of the level where the two were not stated by the same people', () => {
		const { bounds } = auditParticipation([tableOf(levels(71, '35-35')), tableOf(schools)], nested);
		expect(bounds.get('school')?.get('south')).toEqual({ low: 5, high: 15 });
		expect(bounds.get('level')?.get('middle')).toEqual({ low: 36, high: 36 });
	});

	it('are as they are where the table of levels is not there', () => {
		expect(problemsOf([schools], nested)).toEqual([]);
		expect(problemsOf([levels(70, '31-40')], nested)).toEqual([]);
	});

	it('are not bound to the level where neither says how many stated theirs', () => {
		const { bounds } = auditParticipation(
			[tableOf(levels(null, '35-35')), tableOf({ ...schools, statedN: null, total: 70 })],
			nested,
		);
		expect(bounds.get('school')?.get('south')).toEqual({ low: 0, high: 15 });
	});
});

describe('groups whose rates were shown', () => {
	it('are those of tables of rates that are not hidden, by attribute', () => {
		const told = groupsTold([
			tableOf(who('north: 40, 10-19; south: 40, ?', 20, { isRate: true })),
			tableOf(who('grade 7: 40, 10-19', 20, { attributeId: 'grade' })),
		]);

		expect([...told]).toEqual([peopleKey('school', 'north')]);
	});
});
