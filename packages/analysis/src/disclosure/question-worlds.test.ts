import { describe, expect, it } from 'vitest';
import type { ProtectedTable } from './protected-table.ts';
import { allKey, openQuestion, peopleKey } from './question-system.ts';
import { type Counts, nothing, pool, table, trueAll, world } from './schools-fixture.ts';
import { hiddenRow, isPossible, shownRow, type World } from './worlds-fixture.ts';

describe('a reader of one single-choice question', () => {
	it.each<[string, ProtectedTable]>([
		['shows nothing', table()],
		['shows shares of everyone', table([], { total: [47, 45, 38, 92] })],
		[
			'shows rows',
			table([
				shownRow('a', 50, [25, 15, 10, 40]),
				shownRow('b', 45, [9, 18, 18, 27]),
				pool([6, 6, 4, 12]),
			]),
		],
		['does not say how many told their school', table([], { statedN: null })],
	])('cannot rule out the truth where the table %s', (_, shown) => {
		expect(isPossible(world(), [shown])).toBe(true);
	});

	it.each<[string, ProtectedTable, World]>([
		['an answer of everyone is missing', table(), world({}, [47, 45, 37])],
		['somebody answered twice', table(), world({}, [47, 45, 39])],
		['a person too many told the school', table(), world({ a: [26, 15, 10] })],
		['a person too few told the school', table(), world({ a: [24, 15, 10] })],
		['schools have an answer that everyone has not', table(), world({}, [42, 45, 43])],
		['a person of a school has no answer', table(), world({ a: [25, 15, 9] }, trueAll, { a: 50 })],
		['a person of a school has two', table(), world({ a: [25, 15, 11] }, trueAll, { a: 50 })],
		[
			'a row has fewer people than its band',
			table([shownRow('a', 50, nothing)]),
			world({ a: [14, 15, 10], b: [20, 18, 18] }),
		],
		[
			'a pool has more people than its band',
			table([pool(nothing)]),
			world({ d: [4, 3, 3], b: [7, 17, 17] }),
		],
		[
			'a pool has fewer people than its band',
			table([pool(nothing)]),
			world({ d: [0, 0, 0], e: [4, 4, 1], b: [11, 20, 21] }),
		],
		[
			'a share of a row is too large',
			table([shownRow('a', 50, [25, null, null, null])]),
			world({ a: [26, 14, 10], b: [8, 19, 18] }),
		],
		[
			'a share of a row is too small',
			table([shownRow('a', 50, [25, null, null, null])]),
			world({ a: [24, 16, 10], b: [10, 17, 18] }),
		],
		[
			'a sum of options of a row is too large',
			table([shownRow('a', 50, [null, null, null, 40])]),
			world({ a: [25, 16, 9], b: [9, 17, 19] }),
		],
		[
			'a share of a pool is too large',
			table([pool([6, null, null, null])]),
			world({ d: [4, 1, 1], b: [7, 19, 19] }),
		],
		[
			// 3 of 60 would read ≤5%.
			'a share is an end that is not shown as one',
			table([shownRow('a', 57, [3, null, null, null])]),
			world({ a: [3, 40, 17], b: [9, 17, 9] }, 'as the schools'),
		],
		[
			'a share of everyone is too small',
			table([], { total: [47, null, null, null] }),
			world({}, [46, 46, 38]),
		],
		[
			'a share of everyone is too large',
			table([], { total: [47, null, null, null] }),
			world({}, [48, 44, 38]),
		],
		[
			'a sum of everyone’s is too small',
			table([], { total: [null, null, null, 92] }),
			world({}, [47, 44, 39]),
		],
	])('rules out that %s', (_, shown, wrong) => {
		expect(isPossible(wrong, [shown])).toBe(false);
	});

	it.each<[string, ProtectedTable, World]>([
		[
			'options share a sum of a row otherwise',
			table([shownRow('a', 50, [null, null, null, 40])]),
			world({ a: [26, 14, 10], b: [8, 19, 18] }),
		],
		[
			'options share a sum of everyone otherwise',
			table([], { total: [null, null, null, 92] }),
			world({}, [46, 46, 38]),
		],
		[
			'the schools of a pool share its answers otherwise',
			table([pool([6, null, null, null])]),
			world({ d: [0, 3, 3], e: [6, 2, 2], b: [9, 19, 17] }),
		],
		[
			'as many as its band allows are in a pool',
			table([pool(nothing)]),
			world({ d: [3, 3, 3], b: [8, 17, 17] }),
		],
		[
			'a share lies right above its end',
			table([shownRow('a', 57, [3, null, null, null])]),
			world({ a: [3, 37, 17], b: [9, 20, 9] }, 'as the schools'),
		],
		[
			'some more told their school, where nobody says how many',
			table([], { statedN: null }),
			world({ a: [26, 15, 10] }),
		],
	])('cannot rule out that %s', (_, shown, other) => {
		expect(isPossible(other, [shown])).toBe(true);
	});
});

describe('a reader of a question with several answers each', () => {
	const several = table([], { isMultiple: true });
	const unsaid = table([], { isMultiple: true, statedN: null });
	const all: Counts = [47, 45, 38];
	const sizes = { a: 50, b: 45, c: 9, d: 6, e: 10 };

	it.each<[string, ProtectedTable, World]>([
		[
			'everybody of a school chose everything',
			several,
			world({ a: [50, 50, 50] }, [72, 80, 78], sizes),
		],
		['all ten without a school chose one', several, world({}, [53, 45, 38], sizes)],
		['nobody without a school chose anything', several, world({}, [43, 42, 35], sizes)],
		['all others did, where nobody says how many', unsaid, world({}, [130, 130, 130], sizes)],
		['everybody told a school', unsaid, world({}, all, { ...sizes, a: 60 })],
	])('cannot rule out that %s', (_, shown, possible) => {
		expect(isPossible(possible, [shown])).toBe(true);
	});

	it.each<[string, ProtectedTable, World]>([
		[
			'more of a school chose one than answered',
			several,
			world({ a: [51, 15, 10] }, [77, 45, 38], sizes),
		],
		['eleven of ten without a school chose one', several, world({}, [54, 45, 38], sizes)],
		['fewer of everyone chose one than of the schools', several, world({}, [42, 45, 38], sizes)],
		['131 of 130 told a school', unsaid, world({}, all, { ...sizes, a: 61 })],
	])('rules out that %s', (_, shown, wrong) => {
		expect(isPossible(wrong, [shown])).toBe(false);
	});
});

describe('the unknown numbers of a question', () => {
	const known = new Map([
		[peopleKey('school', 'a'), { low: -3, high: 40 }],
		[peopleKey('school', 'b'), { low: 12, high: 500 }],
		[allKey('yes'), { low: 47, high: 48 }],
	]);
	const system = openQuestion({ n: 130, tables: [table(), table()], nests: [] }, known);

	it('are those of the options that stand for themselves, once each', () => {
		expect(system.options).toEqual(['yes', 'part', 'no']);
		// Five schools and three options of each, and three of everyone.
		expect(system.bounds).toHaveLength(5 + 5 * 3 + 3);
	});

	it.each<[string, number, number, number]>([
		['nothing is known of: from nobody to everybody', system.people('school', 'c'), 0, 130],
		['something is known of, at least nobody', system.people('school', 'a'), 0, 40],
		['something is known of, at most everybody', system.people('school', 'b'), 12, 130],
		['everyone’s answer is known', system.all('yes'), 47, 48],
		['a school’s answer is not', system.chosen('yes', 'school', 'a'), 0, 130],
	])('%s', (_, variable, low, high) => {
		expect(system.bounds[variable]).toEqual({ low, high });
	});
});

describe('a reader of schools and of their levels', () => {
	const nest = {
		child: 'school',
		parent: 'level',
		parentOf: { a: 'high', d: 'high', e: 'high', b: 'middle', c: 'middle', z: 'high' },
	};
	/** High schools have 66 people of 120: a with 50, and d and e, which are pooled. */
	const bySchool = (statedN: number | null) =>
		table([pool(nothing)], { isMultiple: true, statedN });
	const byLevel = (statedN: number | null): ProtectedTable => ({
		...table([], { isMultiple: true, statedN }),
		id: 'q by level',
		attributeId: 'level',
		groups: [hiddenRow('high', 3), hiddenRow('middle', 3)],
	});
	const both = (high: [number, Counts], change: Parameters<typeof world> = []): World => {
		const schools = world(...change);
		const level = {
			high: { n: high[0], counts: high[1] },
			middle: { n: 54, counts: [12, 21, 21] },
		};
		return { ...schools, groups: { ...schools.groups, level } };
	};
	const can = (possible: World, schools: number | null, levels: number | null) =>
		isPossible(possible, [bySchool(schools), byLevel(levels)], { nests: [nest] });
	const fewer: Parameters<typeof world> = [{ a: [24, 15, 9] }, trueAll, { a: 48 }];

	it('holds a level to be its schools where as many told both', () => {
		expect(can(both([66, [31, 21, 14]]), 120, 120)).toBe(true);
		expect(can(both([66, [32, 21, 14]]), 120, 120)).toBe(false);
		expect(can(both([66, [30, 21, 14]]), 120, 120)).toBe(false);
	});

	it('knows that a level may have more people than its schools where fewer told the school', () => {
		expect(can(both([66, [31, 21, 14]], fewer), 118, 120)).toBe(true);
		expect(can(both([66, [31, 21, 14]], fewer), null, null)).toBe(true);
		expect(can(both([65, [31, 21, 14]], fewer), null, null)).toBe(true);
	});

	it('rules out a level of fewer people, of fewer who chose, or of fewer who did not', () => {
		expect(can(both([63, [31, 21, 14]], fewer), null, null)).toBe(false);
		expect(can(both([66, [29, 21, 14]], fewer), null, null)).toBe(false);
		// 64 people of the schools, 30 of them yes: 34 not. Here 33 of the level did not.
		expect(can(both([66, [33, 21, 14]], fewer), null, null)).toBe(false);
		expect(can(both([66, [32, 21, 14]], fewer), null, null)).toBe(true);
	});

	it('says nothing of a level that no table is by', () => {
		const schools = { ...world(), groups: world().groups };
		expect(isPossible(schools, [bySchool(120)], { nests: [nest] })).toBe(true);
		const system = openQuestion({ n: 130, tables: [byLevel(120)], nests: [nest] }, new Map());
		expect(system.bounds).toHaveLength(2 + 2 * 3 + 3);
	});
});
