import type { ParticipationTable } from './participation.ts';
import type { AuditResult, DisclosureProblem } from './protected-table.ts';
import { type Nest, peopleKey } from './question-system.ts';
import { type CountBounds, impliedPeople } from './shares.ts';
import { type LinearConstraint, solveSystem } from './simplex.ts';
import { findExposed, type Target } from './witness-search.ts';

/** The verdict, and what a reader knows of each group's participants: by attribute, then group. */
export interface ParticipationAudit {
	audit: AuditResult;
	bounds: Map<string, Map<string, CountBounds>>;
}

/**
 * Step 5 for tables of one population that say who took part. Unknown: the participants of every
 * group. Known: their sum, the shown ranges, enrolment as a ceiling, nested attributes, rates that
 * were shown. Judged are tables that show a group: one that shows none tells nothing by itself.
 */
export function auditParticipation(
	tables: readonly ParticipationTable[],
	options: { minN: number; nests: readonly Nest[] },
): ParticipationAudit {
	const indices = new Map<string, number>();
	const bounds: CountBounds[] = [];
	const variable = (attribute: string, group: string): number => {
		const key = JSON.stringify([attribute, group]);
		const index = indices.get(key) ?? bounds.push({ low: 0, high: Infinity }) - 1;
		indices.set(key, index);
		return index;
	};
	const constraints = [
		...tables.flatMap((table) => tableConstraints(table, variable)),
		...options.nests.flatMap((nest) => nestConstraints(tables, nest, variable)),
	];
	const polytope = solveSystem({ bounds, constraints });
	if (polytope === null) {
		return contradiction(tables);
	}
	const told = groupsTold(tables);
	const judged = tables.filter(({ isBreakdownShown, isRate }) => isBreakdownShown && !isRate);
	const targets = judged.flatMap((table) =>
		targetsOf(table, { variable, minN: options.minN, told }),
	);
	const problems = findExposed(polytope, targets).map((exposed) => ({
		...exposed,
		reason: exposed.low >= exposed.high ? ('determined' as const) : ('narrow' as const),
	}));
	const known = tables.map((table): [string, Map<string, CountBounds>] => [
		table.attributeId,
		new Map(
			table.rows
				.flatMap(({ members }) => members)
				.map((group) => [group, polytope.rangeOf([[variable(table.attributeId, group), 1]])]),
		),
	]);
	return { audit: { ok: problems.length === 0, problems }, bounds: new Map(known) };
}

/** Groups whose rates were shown, by the keys of `peopleKey`. */
export function groupsTold(tables: readonly ParticipationTable[]): Set<string> {
	return new Set(
		tables
			.filter(({ isRate }) => isRate === true)
			.flatMap(({ attributeId, rows }) =>
				rows
					.filter(({ people }) => people.type !== 'hidden')
					.map(({ id }) => peopleKey(attributeId, id)),
			),
	);
}

function contradiction(tables: readonly ParticipationTable[]): ParticipationAudit {
	const problems = tables.map(({ id }): DisclosureProblem => ({
		table: id,
		cell: 'all',
		low: 0,
		high: 0,
		reason: 'contradiction',
	}));
	return { audit: { ok: false, problems }, bounds: new Map() };
}

type Variable = (attribute: string, group: string) => number;

function tableConstraints(table: ParticipationTable, variable: Variable): LinearConstraint[] {
	const { attributeId, rows, statedN, total } = table;
	const termsOf = (groups: readonly string[]): [number, number][] =>
		groups.map((group) => [variable(attributeId, group), 1]);
	const all = impliedPeople(total.people).high;
	const sum = {
		terms: termsOf(rows.flatMap(({ members }) => members)),
		low: statedN ?? 0,
		high: statedN ?? all,
	};
	const ranges = rows.map((row): LinearConstraint => {
		const { low, high } = impliedPeople(row.people);
		return { terms: termsOf(row.members), low, high: Math.min(high, row.enrolled) };
	});
	return [sum, ...ranges];
}

function nestConstraints(
	tables: readonly ParticipationTable[],
	nest: Nest,
	variable: Variable,
): LinearConstraint[] {
	const parent = tables.find(({ attributeId }) => attributeId === nest.parent);
	const child = tables.find(({ attributeId }) => attributeId === nest.child);
	if (parent === undefined || child === undefined) {
		return [];
	}
	const isFull = parent.statedN !== null && parent.statedN === child.statedN;
	const children = child.rows.flatMap(({ members }) => members);
	return parent.rows
		.flatMap(({ members }) => members)
		.map((group) => ({
			terms: [
				[variable(nest.parent, group), 1],
				...children
					.filter((id) => nest.parentOf[id] === group)
					.map((id): [number, number] => [variable(nest.child, id), -1]),
			],
			low: 0,
			high: isFull ? 0 : Infinity,
		}));
}

function targetsOf(
	{ id, attributeId, rows, pool }: ParticipationTable,
	{ variable, minN, told }: { variable: Variable; minN: number; told: ReadonlySet<string> },
): Target[] {
	const ofRows = rows
		.filter(({ enrolled }) => enrolled > 0)
		.map((row): Target => ({
			table: id,
			cell: `people of ${row.id}`,
			terms: row.members.map((group) => [variable(attributeId, group), 1]),
			need:
				row.people.type === 'hidden' && !told.has(peopleKey(attributeId, row.id))
					? { type: 'width', width: Math.min(minN, row.enrolled) }
					: { type: 'two_values' },
		}));
	const ofPool = (pool?.members ?? []).map((group): Target => ({
		table: id,
		cell: `people of ${group}`,
		terms: [[variable(attributeId, group), 1]],
		need: { type: 'two_values' },
	}));
	return [...ofRows, ...ofPool];
}
