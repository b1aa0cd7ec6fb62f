import { auditCounts, type CountTable } from './count-audit.ts';
import { auditParticipation, groupsTold, type ParticipationAudit } from './participation-audit.ts';
import type { ParticipationTable } from './participation.ts';
import type { AuditResult, DisclosureProblem, ProtectedTable } from './protected-table.ts';
import { knownPeople } from './known-people.ts';
import { type KnownBounds, type Nest, peopleKey } from './question-system.ts';
import { auditResults } from './results-audit.ts';

/** Any table a release may hold. */
export type ReleaseTable = ProtectedTable | ParticipationTable | CountTable;

/** How a release is audited. */
export interface ReleaseAuditOptions {
	minN: number;
	nests: readonly Nest[];
}

/**
 * Steps 5 and 8 over a whole release: all its tables and those of every earlier release together,
 * because a reader keeps them all. Problems of earlier tables are named 'earlier 1: id'; those that
 * the earlier releases have without this one are not its doing and left out.
 */
export function auditRelease(
	tables: readonly ReleaseTable[],
	earlier: readonly (readonly ReleaseTable[])[],
	options: ReleaseAuditOptions,
): AuditResult {
	const old = earlier.flatMap((release, number) =>
		release.map((table) => ({ ...table, id: `earlier ${number + 1}: ${table.id}` })),
	);
	const before = new Set(findProblems(old, options).map((problem) => JSON.stringify(problem)));
	const problems = [
		...findProblems([...tables, ...old], options).filter(
			(problem) => !before.has(JSON.stringify(problem)),
		),
		...findDifferences(tables, old, options.minN),
	];
	return { ok: problems.length === 0, problems };
}

/** Step 5 over tables that one reader has. */
function findProblems(
	tables: readonly ReleaseTable[],
	options: ReleaseAuditOptions,
): DisclosureProblem[] {
	const participation = auditTakingPart(tables, options);
	const results = tables.filter((table) => table.kind === 'results');
	const counts = tables.filter((table) => table.kind === 'counts');
	const enrolled = new Map(tables.flatMap((table) => enrolledOf(table)));
	const tookPart = tables.filter((table) => table.kind === 'participation');
	const told = ({ populationId }: ProtectedTable): ReadonlySet<string> =>
		groupsTold(tookPart.filter((table) => table.populationId === populationId));
	const known = (table: ProtectedTable): KnownBounds => knownPeople(table, tables, participation);
	return [
		...[...participation.values()].flatMap(({ audit }) => audit.problems),
		...auditResults(results, { ...options, known, enrolled, told }).problems,
		...auditCounts(counts, options.minN).problems,
	];
}

/** Participation tables per population. */
function auditTakingPart(
	tables: readonly ReleaseTable[],
	options: ReleaseAuditOptions,
): Map<string, ParticipationAudit> {
	const own = tables.filter((table) => table.kind === 'participation');
	const populations = new Set(own.map(({ populationId }) => populationId));
	return new Map(
		[...populations].map((population) => [
			population,
			auditParticipation(
				own.filter(({ populationId }) => populationId === population),
				options,
			),
		]),
	);
}

function enrolledOf(table: ReleaseTable): [string, number][] {
	if (table.kind !== 'participation') {
		return [];
	}
	return table.rows
		.filter(({ members }) => members.length === 1)
		.map(({ id, enrolled }) => [peopleKey(table.attributeId, id), enrolled]);
}

/** Exact numbers that differ from an earlier release's by 0 < d < minN. */
function findDifferences(
	tables: readonly ReleaseTable[],
	old: readonly ReleaseTable[],
	minN: number,
): DisclosureProblem[] {
	return tables.flatMap((table) => {
		const own = exactNumbers(table);
		return old.flatMap((other) => {
			const before = exactNumbers(other);
			return [...own].flatMap(([key, n]): DisclosureProblem[] => {
				const difference = Math.abs(n - (before.get(key) ?? n));
				const cell = key.slice(key.indexOf('|') + 1);
				return difference > 0 && difference < minN
					? [{ table: table.id, cell, low: difference, high: difference, reason: 'difference' }]
					: [];
			});
		});
	});
}

/** The exact numbers of a table by what they count; equal keys are compared between releases. */
function exactNumbers(table: ReleaseTable): Map<string, number> {
	if (table.kind === 'counts') {
		const series = table.seriesId ?? table.populationId;
		return new Map(
			table.cells.flatMap(({ at, count }): [string, number][] => {
				const where = Object.entries(at).map(([attribute, group]) => `${attribute}=${group}`);
				return count === null ? [] : [[`${series}|${where.join(', ') || 'total'}`, count]];
			}),
		);
	}
	const { people } = table.total;
	const what = table.kind === 'results' ? `people of ${table.questionId}` : 'people';
	const total: [string, number][] =
		people.type === 'exact' ? [[`${table.populationId}|${what}`, people.n]] : [];
	const stated: [string, number][] =
		table.statedN === null
			? []
			: [[`${table.populationId}|${what} by ${table.attributeId}`, table.statedN]];
	return new Map([...total, ...stated]);
}
