import type { ProtectedGroup, ProtectedTable } from './protected-table.ts';
import { cellsOf, hiddenRow, shownRow, type World } from './worlds-fixture.ts';

/** Of one group: how many said yes, part and no. */
export type Counts = readonly [number, number, number];
/*
 * 130 people answered yes, part or no; 120 of them told their school. Two large schools, a small one
 * and two that may be pooled. The ten without a school: 4 yes, 3 part, 3 no.
 */
const truth = {
	a: [25, 15, 10],
	b: [9, 18, 18],
	c: [3, 3, 3],
	d: [2, 2, 2],
	e: [4, 4, 2],
} as const;
/** What everyone answered, the ten without a school too. */
export const trueAll: Counts = [47, 45, 38];
/** The cells of a row that shows none: three options and their sum. */
export const nothing = [null, null, null, null];

/** The truth, but for what is changed; a school has as many people as answers unless told. */
export function world(
	change: Partial<Record<keyof typeof truth, Counts>> = {},
	all: Counts | 'as the schools' = trueAll,
	people: Partial<Record<keyof typeof truth, number>> = {},
): World {
	const counts: Record<string, Counts> = { ...truth, ...change };
	const school = Object.fromEntries(
		Object.entries(counts).map(([id, own]) => {
			const n = people[id as keyof typeof truth] ?? own.reduce((sum, count) => sum + count, 0);
			return [id, { n, counts: own }];
		}),
	);
	const sum = (index: number) =>
		Object.values(counts).reduce((total, own) => total + (own[index] ?? 0), 0);
	const asSchools = [sum(0) + 4, sum(1) + 3, sum(2) + 3];
	return { groups: { school }, all: all === 'as the schools' ? asSchools : all };
}

/** The question by school as it may be shown: what is not named is hidden. */
export function table(
	rows: readonly ProtectedGroup[] = [],
	change: {
		total?: readonly (number | null)[];
		isMultiple?: boolean;
		statedN?: number | null;
	} = {},
): ProtectedTable {
	const named = rows.flatMap(({ members }) => members);
	const { isMultiple = false, statedN = 120, total = nothing } = change;
	return {
		kind: 'results',
		id: 'q by school',
		populationId: 'students',
		questionId: 'q',
		attributeId: 'school',
		isMultiple,
		options: [
			{ id: 'yes', of: null },
			{ id: 'part', of: null },
			{ id: 'no', of: null },
			...(isMultiple ? [] : [{ id: 'some', of: ['yes', 'part'] }]),
		],
		total: { people: { type: 'exact', n: 130 }, cells: cellsOf(130, total) },
		statedN,
		groups: [
			...rows,
			...Object.keys(truth)
				.filter((id) => !named.includes(id))
				.map((id) => hiddenRow(id, 4)),
		],
		pool: null,
		isBreakdownShown: true,
	};
}

/** The two smallest schools in one row. */
export const pool = (counts: readonly (number | null)[]) =>
	shownRow('pool', 16, counts, ['d', 'e']);
