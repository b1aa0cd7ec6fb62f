import type { Cell } from '../charts/model.ts';
import { surveyParams } from './params.ts';
import { nBand, showCell } from './percent.ts';
import type { ProtectedGroup, ProtectedTable } from './protected-table.ts';
import { membersOf, openQuestion, type KnownBounds, type Nest } from './question-system.ts';

/** How people could have answered: per attribute and group, how many, and how many per option. */
export interface World {
	groups: Record<string, Record<string, { n: number; counts: readonly number[] }>>;
	/** Everyone who chose each option, those without a known group too. */
	all: readonly number[];
}

/** A hidden row of these groups. */
export function hiddenRow(id: string, cells: number, members: string[] = [id]): ProtectedGroup {
	const hidden = Array.from({ length: cells }, (): Cell => ({ type: 'hidden' }));
	return { id, label: id, members, people: { type: 'hidden' }, cells: hidden };
}

/** A row of n people that shows the shares of these counts; null hides one. */
export function shownRow(
	id: string,
	n: number,
	counts: readonly (number | null)[],
	members: string[] = [id],
): ProtectedGroup {
	const people = { type: 'band', band: nBand(n, surveyParams) } as const;
	return { id, label: id, members, people, cells: cellsOf(n, counts) };
}

/** The shares of these counts; null hides one. */
export function cellsOf(n: number, counts: readonly (number | null)[]): Cell[] {
	return counts.map((x) => (x === null ? { type: 'hidden' } : showCell(x, n, surveyParams)));
}

/** Whether a reader of the tables must think this world possible. */
export function isPossible(
	world: World,
	tables: readonly ProtectedTable[],
	{ nests = [], known = new Map() }: { nests?: readonly Nest[]; known?: KnownBounds } = {},
): boolean {
	const { people } = tables[0]?.total ?? {};
	if (people?.type !== 'exact') {
		throw new Error('The first table needs an exact total.');
	}
	const system = openQuestion({ n: people.n, tables, nests }, known);
	const value = new Map<number, number>();
	system.options.forEach((option, index) => value.set(system.all(option), world.all[index] ?? NaN));
	for (const table of tables) {
		for (const group of membersOf(table)) {
			const row = world.groups[table.attributeId]?.[group];
			value.set(system.people(table.attributeId, group), row?.n ?? NaN);
			system.options.forEach((option, index) => {
				value.set(system.chosen(option, table.attributeId, group), row?.counts[index] ?? NaN);
			});
		}
	}
	const fits = (sum: number, { low, high }: { low: number; high: number }): boolean => {
		if (Number.isNaN(sum)) {
			throw new Error('The world leaves a number open.');
		}
		return low <= sum + 1e-9 && sum <= high + 1e-9;
	};
	return (
		system.constraints.every((constraint) =>
			fits(
				constraint.terms.reduce((sum, [v, factor]) => sum + factor * (value.get(v) ?? NaN), 0),
				constraint,
			),
		) && system.bounds.every((bound, v) => fits(value.get(v) ?? NaN, bound))
	);
}
