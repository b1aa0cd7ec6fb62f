import { auditCounts, type CountTable } from './count-audit.ts';
import { auditParticipation, type ParticipationAudit } from './participation-audit.ts';
import type { ParticipationTable } from './participation.ts';
import type { AuditResult, DisclosureProblem, ProtectedTable } from './protected-table.ts';
import { type KnownBounds, type Nest, peopleKey } from './question-system.ts';
import { auditResults } from './results-audit.ts';
import { type CountBounds, impliedPeople } from './shares.ts';

/** Any table a release may hold. */
export type ReleaseTable = ProtectedTable | ParticipationTable | CountTable;

/** How a release is audited. */
export interface ReleaseAuditOptions {
	minN: number;
	nests: readonly Nest[];
}

/**
 * Steps 5 and 8 over a whole release: all its tables and those of every earlier release together,
 * because a reader keeps them all. Problems of earlier tables are named 'earlier 1: id'.
 */
export function auditRelease(
	tables: readonly ReleaseTable[],
	earlier: readonly (readonly ReleaseTable[])[],
	options: ReleaseAuditOptions,
): AuditResult {
	const old = earlier.flatMap((release, number) =>
		release.map((table) => ({ ...table, id: `earlier ${number + 1}: ${table.id}` })),
	);
	const all = [...tables, ...old];
	const participation = auditTakingPart(all, options);
	const results = all.filter((table) => table.kind === 'results');
	const enrolled = new Map(all.flatMap((table) => enrolledOf(table)));
	const known = (table: ProtectedTable): KnownBounds => knownPeople(table, all, participation);
	const problems = [
		...[...participation.values()].flatMap(({ audit }) => audit.problems),
		...auditResults(results, { ...options, known, enrolled }).problems,
		...auditCounts(
			all.filter((table) => table.kind === 'counts'),
			options.minN,
		).problems,
		...findDifferences(tables, old, options.minN),
	];
	return { ok: problems.length === 0, problems };
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

/**
 * Who took part bounds who answered: nobody answers who did not take part, and no more people of a
 * group skipped a question than skipped it at all. What other questions show of a group bounds who
 * took part in turn.
 */
function knownPeople(
	table: ProtectedTable,
	all: readonly ReleaseTable[],
	participation: ReadonlyMap<string, ParticipationAudit>,
): KnownBounds {
	const related = all.filter(
		(other) =>
			other.populationId === table.populationId &&
			other.kind !== 'counts' &&
			other.attributeId === table.attributeId,
	);
	const source = related.find((other) => other.kind === 'participation');
	const bounds = participation.get(table.populationId)?.bounds.get(table.attributeId);
	if (bounds === undefined || source?.kind !== 'participation') {
		return new Map();
	}
	const others = related.filter((other) => other.kind === 'results');
	const skippedHere = skippedIn(table, source);
	const entries = [...bounds].map(([group, tookPart]): [string, CountBounds] => {
		const { low, high } = others.reduce((known, other) => {
			const row = other.groups.find(({ members }) => members.length === 1 && members[0] === group);
			const answered = impliedPeople(row?.people ?? { type: 'hidden' });
			return {
				low: Math.max(known.low, answered.low),
				high: Math.min(known.high, answered.high + skippedIn(other, source)),
			};
		}, tookPart);
		const least = Math.max(0, Math.ceil(low - 1e-6) - skippedHere);
		return [peopleKey(table.attributeId, group), { low: least, high: Math.floor(high + 1e-6) }];
	});
	return new Map(entries);
}

/** How many took part and did not answer this question: public, from two exact totals. */
function skippedIn(table: ProtectedTable, source: ParticipationTable): number {
	const byTotal = impliedPeople(source.total.people).high - impliedPeople(table.total.people).low;
	const byStated = (source.statedN ?? Infinity) - (table.statedN ?? 0);
	return Math.max(0, Math.min(byTotal, byStated));
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
