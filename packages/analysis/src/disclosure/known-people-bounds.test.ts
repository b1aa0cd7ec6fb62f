import { describe, expect, it } from 'vitest';
import type { CountTable } from './count-audit.ts';
import { knownPeople } from './known-people.ts';
import type { ParticipationTable } from './participation.ts';
import type { ProtectedGroup, ProtectedTable } from './protected-table.ts';
import type { CountBounds } from './shares.ts';
import { hiddenRow, shownRow } from './worlds-fixture.ts';

/** 200 students took part, 190 of them of a known school. */
const source: ParticipationTable = {
	kind: 'participation',
	id: 'who by school',
	populationId: 'students',
	attributeId: 'school',
	total: { enrolled: 300, people: { type: 'exact', n: 200 }, rate: { type: 'hidden' } },
	statedN: 190,
	rows: [],
	pool: null,
	isBreakdownShown: true,
};

/** 195 answered this question, 186 of them of a known school: 4 of those who took part did not. */
function answers(
	groups: ProtectedGroup[] = [hiddenRow('a', 1)],
	change: Partial<ProtectedTable> & { n?: number } = {},
): ProtectedTable {
	const { n = 195, ...rest } = change;
	return {
		kind: 'results',
		id: 'q by school',
		populationId: 'students',
		questionId: 'q',
		attributeId: 'school',
		isMultiple: false,
		options: [{ id: 'yes', of: null }],
		total: { people: { type: 'exact', n }, cells: [] },
		statedN: 186,
		groups,
		pool: null,
		isBreakdownShown: true,
		...rest,
	};
}

/** Another question, which one of all those of a known school left out. */
const other = (groups: ProtectedGroup[], change: Partial<ProtectedTable> = {}) =>
	answers(groups, { id: 'r by school', questionId: 'r', n: 198, statedN: 189, ...change });

function took(a: CountBounds): Parameters<typeof knownPeople>[2] {
	const schools = new Map([
		['a', a],
		['b', { low: 100, high: 120 }],
	]);
	const audit = { audit: { ok: true, problems: [] }, bounds: new Map([['school', schools]]) };
	return new Map([['students', audit]]);
}

const row = (id: string, n: number, members = [id]) => shownRow(id, n, [null], members);

describe('how many of a school answered', () => {
	const table = answers();

	it.each<[string, CountBounds, CountBounds]>([
		[
			'as many as took part, or as many fewer as left it out',
			{ low: 40, high: 59 },
			{ low: 36, high: 59 },
		],
		['nobody at least', { low: 3, high: 59 }, { low: 0, high: 59 }],
		['whole people, inside the bounds', { low: 39.5, high: 59.5 }, { low: 36, high: 59 }],
		['with room for rounding', { low: 40.0000001, high: 58.9999999 }, { low: 36, high: 59 }],
	])('is %s', (_, tookPart, expected) => {
		expect(knownPeople(table, [source, table], took(tookPart))).toEqual(
			new Map([
				['n|school|a', expected],
				['n|school|b', { low: 96, high: 120 }],
			]),
		);
	});

	const boundsOf = (
		own: ProtectedTable,
		others: Parameters<typeof knownPeople>[1],
		tookPart: CountBounds = { low: 20, high: 90 },
	) => knownPeople(own, [source, own, ...others], took(tookPart)).get('n|school|a');

	it.each<[string, Parameters<typeof knownPeople>[1], CountBounds]>([
		['nothing is shown elsewhere', [], { low: 16, high: 90 }],
		['another question shows 40 to 99', [other([row('a', 50)])], { low: 36, high: 90 }],
		['another shows 20 to 39, and one left it out', [other([row('a', 30)])], { low: 16, high: 40 }],
		[
			'two others show as many',
			[other([row('a', 50)]), other([row('b', 150), row('a', 50)], { id: 's' })],
			{ low: 36, high: 90 },
		],
		['another shows it in a pool', [other([row('pool', 30, ['a', 'b'])])], { low: 16, high: 90 }],
		['another shows a school beside it', [other([row('b', 30)])], { low: 16, high: 90 }],
		['another hides it', [other([hiddenRow('a', 1)])], { low: 16, high: 90 }],
		[
			'others were asked',
			[other([row('a', 30)], { populationId: 'staff' })],
			{ low: 16, high: 90 },
		],
		[
			'another attribute has an a',
			[other([row('a', 30)], { attributeId: 'race' })],
			{ low: 16, high: 90 },
		],
	])('is known where %s', (_, others, expected) => {
		expect(boundsOf(answers(), others)).toEqual(expected);
	});

	it('is what the question itself shows too', () => {
		expect(boundsOf(answers([row('a', 30)]), [])).toEqual({ low: 16, high: 43 });
	});

	it.each<[string, Partial<ProtectedTable> & { n?: number }, number]>([
		['the stated, where they are fewer', { n: 195, statedN: 188 }, 38],
		['the totals, where they are fewer', { n: 199, statedN: 186 }, 39],
		['the totals, where nobody says how many told', { n: 195, statedN: null }, 35],
		['nobody, where more answered than took part', { n: 205, statedN: 190 }, 40],
	])('counts as having left it out %s', (_, change, low) => {
		expect(boundsOf(answers(undefined, change), [], { low: 40, high: 59 })).toEqual({
			low,
			high: 59,
		});
	});

	it('counts by the totals where nobody says how many who took part told', () => {
		const unsaid = { ...source, statedN: null };
		const known = knownPeople(table, [unsaid, table], took({ low: 40, high: 59 }));
		expect(known.get('n|school|a')).toEqual({ low: 35, high: 59 });
	});
});

describe('nothing is known of who answered', () => {
	const table = answers();
	const counts: CountTable = {
		kind: 'counts',
		id: 'citations by school',
		populationId: 'students',
		dimensions: [{ attributeId: 'school', groups: ['a'] }],
		cells: [],
	};
	const tookPart = took({ low: 40, high: 59 });

	it.each<[string, Parameters<typeof knownPeople>]>([
		['when no table says who took part', [table, [table, counts], tookPart]],
		[
			'when one does so of others only',
			[table, [table, { ...source, populationId: 'staff' }], tookPart],
		],
		[
			'when one does so by something else',
			[table, [table, { ...source, attributeId: 'race' }], tookPart],
		],
		['when nobody audited it', [table, [table, source], new Map()]],
		[
			'when the audit was of something else',
			[{ ...table, attributeId: 'race' }, [table, { ...source, attributeId: 'race' }], tookPart],
		],
	])('%s', (_, args) => {
		expect(knownPeople(...args)).toEqual(new Map());
	});
});
