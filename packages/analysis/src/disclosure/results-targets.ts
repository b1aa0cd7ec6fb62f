import type { ProtectedGroup, ProtectedTable } from './protected-table.ts';
import { allKey, type KnownBounds, peopleKey, type QuestionSystem } from './question-system.ts';
import { impliedPeople } from './shares.ts';
import type { Target } from './witness-search.ts';

/** What decides how far a hidden figure must range. */
export interface TargetOptions {
	/** The count of each option over everyone as the total rows give it, by `allKey`. */
	totals: KnownBounds;
	/** How many are enrolled, by `peopleKey`: a hidden number cannot range beyond. */
	enrolled: ReadonlyMap<string, number>;
	/** Groups whose response rates were shown: how many they are is told, by `peopleKey`. */
	told: ReadonlySet<string>;
	minN: number;
	n: number;
}

type Terms = Target['terms'];

/** Everything of a shown breakdown that must stay unknown, and how far. */
export function targetsOf(
	system: QuestionSystem,
	table: ProtectedTable,
	options: TargetOptions,
): Target[] {
	if (!table.isBreakdownShown) {
		return [];
	}
	const { attributeId: attribute, id } = table;
	const ofRows = table.groups.flatMap((row) => {
		const ceiling = row.members.reduce(
			(sum, group) => sum + (options.enrolled.get(peopleKey(attribute, group)) ?? Infinity),
			0,
		);
		const rowOptions = { ...options, minN: Math.min(options.minN, ceiling) };
		return rowTargets(system, { table, row }, rowOptions);
	});
	const ofPool = (table.pool?.members ?? []).map((group): Target => {
		const ceiling = options.enrolled.get(peopleKey(attribute, group)) ?? Infinity;
		return {
			table: id,
			cell: `people of ${group}`,
			terms: [[system.people(attribute, group), 1]],
			need: { type: 'width', width: Math.min(options.minN, ceiling) },
		};
	});
	return [...ofRows, ...ofPool];
}

function rowTargets(
	system: QuestionSystem,
	{ table, row }: { table: ProtectedTable; row: ProtectedGroup },
	options: TargetOptions,
): Target[] {
	const { attributeId: attribute, id } = table;
	const isShown = row.people.type !== 'hidden';
	const people = row.members.map((group): [number, number] => [system.people(attribute, group), 1]);
	const ofCells = table.options.flatMap((option, index) => {
		const own = option.of ?? [option.id];
		const chosen = own.flatMap((each) =>
			row.members.map((group): [number, number] => [system.chosen(each, attribute, group), 1]),
		);
		const others = [...people, ...chosen.map(([v, factor]): [number, number] => [v, -factor])];
		const names = { table: id, cell: `${option.id} of ${row.id}`, chosen, others };
		return isShown ? shownTargets(row, index, names) : hiddenTargets(own, names, options);
	});
	const isTold = row.members.every((group) => options.told.has(peopleKey(attribute, group)));
	const need: Target['need'] =
		isShown || isTold ? { type: 'two_values' } : { type: 'width', width: options.minN };
	return [{ table: id, cell: `people of ${row.id}`, terms: people, need }, ...ofCells];
}

interface CellNames {
	table: string;
	cell: string;
	chosen: Terms;
	others: Terms;
}

/**
 * Below 40 people an interval stands so that no count can be had from it; at any size an end stands
 * so that it is never certain that nobody, or everybody, chose it. A whole percent may be sharp.
 */
function shownTargets(
	{ people, cells }: ProtectedGroup,
	index: number,
	{ table, cell: name, chosen, others }: CellNames,
): Target[] {
	const cell = cells[index];
	if (cell?.type !== 'shown') {
		return [];
	}
	if (cell.figure.low === 0) {
		return [{ table, cell: name, terms: chosen, need: { type: 'not_zero' } }];
	}
	if (cell.figure.high === 100) {
		return [{ table, cell: `not ${name}`, terms: others, need: { type: 'not_zero' } }];
	}
	return impliedPeople(people).low < 40
		? [{ table, cell: name, terms: chosen, need: { type: 'two_values' } }]
		: [];
}

/** Who chose and who did not: minN wide each, or less where the totals alone leave less. */
function hiddenTargets(
	own: readonly string[],
	{ table, cell, chosen, others }: CellNames,
	{ totals, minN, n }: TargetOptions,
): Target[] {
	const bounds = own.map((option) => totals.get(allKey(option)) ?? { low: 0, high: n });
	const most = bounds.reduce((sum, { high }) => sum + high, 0);
	const least = bounds.reduce((sum, { low }) => sum + low, 0);
	const width = (left: number): Target['need'] => ({
		type: 'width',
		width: Math.max(0, Math.min(minN, left)),
	});
	return [
		{ table, cell, terms: chosen, need: width(most) },
		{ table, cell: `not ${cell}`, terms: others, need: width(n - least) },
	];
}
