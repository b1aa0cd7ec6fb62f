import {
	type ParticipationInput,
	type ParticipationTable,
	protectParticipation,
	withholdParticipation,
} from './participation.ts';
import type { AuditResult, ProtectedTable } from './protected-table.ts';
import { auditRelease, type ReleaseAuditOptions, type ReleaseTable } from './release-audit.ts';
import { protectResults, type ResultsInput, shownRowsIn, withholdBreakdown } from './results.ts';

/** What a release is made of, before protection, in the order of the report. */
export interface ReleaseInput {
	participation: readonly ParticipationInput[];
	results: readonly ResultsInput[];
	/** Counts are protected by `protectCounts` and only audited here. */
	counts: readonly ReleaseTable[];
	earlier: readonly (readonly ReleaseTable[])[];
}

/** Tables that may be published together, the breakdowns withheld for it, and the last audit. */
export interface ProtectedRelease {
	tables: ReleaseTable[];
	/** Ids of tables that show no group because of what others show. */
	withheld: string[];
	/** Not ok when withholding could not help (a difference to an earlier release, counts). */
	audit: AuditResult;
}

/**
 * Protects each table and then all together with the earlier releases. While the joint audit finds
 * problems, the table of each question with most of them treats the groups they name as small, and
 * shows no group at all when that did not help; a table of who took part shows none at once.
 */
export function protectRelease(
	input: ReleaseInput,
	options: ReleaseAuditOptions,
): ProtectedRelease {
	const who = input.participation.map((source) => ({
		source,
		table: protectParticipation(source),
	}));
	const results = input.results.map((source) => ({ source, table: protectResults(source).table }));
	const withheld: string[] = [];
	for (;;) {
		const tables = [
			...who.map(({ table }) => table),
			...input.counts,
			...results.map(({ table }) => table),
		];
		const audit = auditRelease(tables, input.earlier, options);
		const [worst] = mostProblemsFirst(who, audit);
		const failing = worst === undefined ? worstPerQuestion(results, audit) : [];
		if (worst !== undefined) {
			worst.table = withholdParticipation(worst.source);
			withheld.push(worst.source.id);
		} else if (failing.length === 0) {
			return { tables, withheld, audit };
		}
		for (const result of failing) {
			const tighter = treatAsSmall(result, audit);
			if (tighter === null) {
				result.table = withholdBreakdown(result.source);
				withheld.push(result.source.id);
			} else {
				result.source = tighter;
				result.table = protectResults(tighter).table;
			}
		}
	}
}

interface Result {
	source: ResultsInput;
	table: ProtectedTable;
}

/** The tables that show groups and have problems, that with the most of them first. */
function mostProblemsFirst<Entry extends { table: ProtectedTable | ParticipationTable }>(
	entries: readonly Entry[],
	audit: AuditResult,
): Entry[] {
	const count = ({ table }: Entry): number =>
		audit.problems.filter((problem) => problem.table === table.id).length;
	return entries
		.filter((entry) => entry.table.isBreakdownShown && count(entry) > 0)
		.sort((a, b) => count(b) - count(a));
}

/** The results to change in this round: one table of each question, that with the most problems. */
function worstPerQuestion(results: readonly Result[], audit: AuditResult): Result[] {
	const worst = new Map<string, Result>();
	for (const result of mostProblemsFirst(results, audit)) {
		const key = JSON.stringify([result.table.populationId, result.table.questionId]);
		worst.set(key, worst.get(key) ?? result);
	}
	return [...worst.values()];
}

/** The input with the shown groups that have problems marked small; null when none is left to mark. */
function treatAsSmall({ source, table }: Result, audit: AuditResult): ResultsInput | null {
	const named = shownRowsIn(table, audit);
	return named.length === 0
		? null
		: { ...source, alsoSmall: [...(source.alsoSmall ?? []), ...named] };
}
