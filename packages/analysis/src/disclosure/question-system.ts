import { edgeBandOf } from './percent.ts';
import type { ProtectedGroup, ProtectedTable } from './protected-table.ts';
import { type CountBounds, impliedCounts, impliedPeople, shareConstraints } from './shares.ts';
import type { LinearConstraint, LinearSystem } from './simplex.ts';

/** Groups of one attribute that make up those of another: schools of a level, grades of a band. */
export interface Nest {
	child: string;
	parent: string;
	/** Group id of the child attribute to group id of the parent. */
	parentOf: Readonly<Record<string, string>>;
}

/** Every table of one question over attributes that are nested in one another (or just one). */
export interface QuestionTables {
	n: number;
	tables: readonly ProtectedTable[];
	nests: readonly Nest[];
}

/** The unknown counts of a question as variables, and everything its tables say of them. */
export interface QuestionSystem extends LinearSystem {
	/** Options that stand for themselves. */
	options: string[];
	/** The variable of the people of a group who answered. */
	people: (attribute: string, group: string) => number;
	/** The variable of the people of a group who chose an option. */
	chosen: (option: string, attribute: string, group: string) => number;
	/** The variable of everyone who chose an option. */
	all: (option: string) => number;
}

/** Bounds a reader has from elsewhere: keys are those of `peopleKey` and `allKey`. */
export type KnownBounds = ReadonlyMap<string, CountBounds>;

export const peopleKey = (attribute: string, group: string): string => `n|${attribute}|${group}`;
export const allKey = (option: string): string => `x|${option}`;

/**
 * Writes down what a reader knows of one question: one variable per group and per option of a
 * group, though the table may show several groups as one row.
 */
export function openQuestion(question: QuestionTables, known: KnownBounds): QuestionSystem {
	const { n, tables } = question;
	const variables = new Map<string, number>();
	const bounds: CountBounds[] = [];
	const variable = (key: string): number => {
		const found = variables.get(key);
		if (found !== undefined) {
			return found;
		}
		const { low, high } = known.get(key) ?? { low: 0, high: n };
		variables.set(key, bounds.length);
		bounds.push({ low: Math.max(0, low), high: Math.min(n, high) });
		return bounds.length - 1;
	};
	const options = [
		...new Set(
			tables.flatMap((table) => table.options.filter((o) => o.of === null).map((o) => o.id)),
		),
	];
	const system: QuestionSystem = {
		bounds,
		constraints: [],
		options,
		people: (attribute, group) => variable(peopleKey(attribute, group)),
		chosen: (option, attribute, group) => variable(`x|${option}|${attribute}|${group}`),
		all: (option) => variable(allKey(option)),
	};
	const constraints = [
		...tables.flatMap((table) => [
			...totalConstraints(system, table, n),
			...groupConstraints(system, table, n),
			...table.groups.flatMap((row) => rowConstraints(system, table, row)),
		]),
		...question.nests.flatMap((nest) => nestConstraints(system, question, nest)),
	];
	return { ...system, constraints };
}

/** What the total row says: counts per option of exactly n people. */
function totalConstraints(
	system: QuestionSystem,
	table: ProtectedTable,
	n: number,
): LinearConstraint[] {
	const cells = table.options.flatMap((option, index): LinearConstraint[] => {
		const cell = table.total.cells[index];
		if (cell?.type !== 'shown') {
			return [];
		}
		const members = option.of ?? [option.id];
		return [{ terms: members.map((id) => [system.all(id), 1]), ...impliedCounts(cell.figure, n) }];
	});
	if (table.isMultiple) {
		return cells;
	}
	const everyone = system.options.map((id): [number, number] => [system.all(id), 1]);
	return [...cells, { terms: everyone, low: n, high: n }];
}

/** How the groups add up to the stated total and to each option's total. */
function groupConstraints(
	system: QuestionSystem,
	table: ProtectedTable,
	n: number,
): LinearConstraint[] {
	const { attributeId: attribute, statedN, isMultiple } = table;
	const groups = membersOf(table);
	const one = (index: number): [number, number] => [index, 1];
	const unstated = n - (statedN ?? 0);
	return [
		{
			terms: groups.map((group) => one(system.people(attribute, group))),
			low: statedN ?? 0,
			high: statedN ?? n,
		},
		...system.options.map((option): LinearConstraint => ({
			terms: [
				one(system.all(option)),
				...groups.map((group): [number, number] => [system.chosen(option, attribute, group), -1]),
			],
			low: 0,
			high: unstated,
		})),
		...groups.flatMap((group) => {
			const people: [number, number] = [system.people(attribute, group), -1];
			const chosen = system.options.map((option) => one(system.chosen(option, attribute, group)));
			return isMultiple
				? chosen.map((term): LinearConstraint => ({
						terms: [term, people],
						low: -Infinity,
						high: 0,
					}))
				: [{ terms: [...chosen, people], low: 0, high: 0 }];
		}),
	];
}

/** What one shown row says: its band of people and its shares. */
function rowConstraints(
	system: QuestionSystem,
	table: ProtectedTable,
	row: ProtectedGroup,
): LinearConstraint[] {
	if (row.people.type === 'hidden') {
		return [];
	}
	const { low, high } = impliedPeople(row.people);
	const base = row.members.map((group) => system.people(table.attributeId, group));
	const shares = table.options.flatMap((option, index) => {
		const cell = row.cells[index];
		if (cell?.type !== 'shown') {
			return [];
		}
		const chosen = (option.of ?? [option.id]).flatMap((id) =>
			row.members.map((group) => system.chosen(id, table.attributeId, group)),
		);
		return shareConstraints(cell.figure, { chosen, base, edge: edgeBandOf(low).edge });
	});
	return [{ terms: base.map((variable) => [variable, 1]), low, high }, ...shares];
}

/** A parent group holds its children: their people, those who chose, and those who did not. */
function nestConstraints(
	system: QuestionSystem,
	{ tables }: QuestionTables,
	nest: Nest,
): LinearConstraint[] {
	const parent = tables.find(({ attributeId }) => attributeId === nest.parent);
	const child = tables.find(({ attributeId }) => attributeId === nest.child);
	if (parent === undefined || child === undefined) {
		return [];
	}
	const isFull = parent.statedN !== null && parent.statedN === child.statedN;
	const high = isFull ? 0 : Infinity;
	return membersOf(parent).flatMap((group) => {
		const children = membersOf(child).filter((id) => nest.parentOf[id] === group);
		const people: [number, number][] = [
			[system.people(nest.parent, group), 1],
			...children.map((id): [number, number] => [system.people(nest.child, id), -1]),
		];
		const perOption = system.options.flatMap((option): LinearConstraint[] => {
			const chosen: [number, number][] = [
				[system.chosen(option, nest.parent, group), 1],
				...children.map((id): [number, number] => [system.chosen(option, nest.child, id), -1]),
			];
			const others: [number, number][] = [
				...people,
				...chosen.map(([index, factor]): [number, number] => [index, -factor]),
			];
			return [
				{ terms: chosen, low: 0, high },
				{ terms: others, low: 0, high },
			];
		});
		return [{ terms: people, low: 0, high }, ...perOption];
	});
}

/** Every group of a table, those in a pool by themselves. */
export function membersOf(table: ProtectedTable): string[] {
	return table.groups.flatMap(({ members }) => members);
}
