import type { AuditResult, DisclosureProblem, ProtectedTable } from './protected-table.ts';
import {
	allKey,
	type KnownBounds,
	type Nest,
	openQuestion,
	type QuestionSystem,
	type QuestionTables,
} from './question-system.ts';
import { type CountBounds, impliedCounts } from './shares.ts';
import { solveSystem } from './simplex.ts';
import { findExposed, type Target } from './witness-search.ts';

/** What the audit of survey tables needs beside the tables. */
export interface ResultsAuditOptions {
	minN: number;
	/** Attributes whose groups make up those of another. */
	nests: readonly Nest[];
	/** What participation tables give away: bounds per question key, then per variable key. */
	known?: (table: ProtectedTable) => KnownBounds;
}

/**
 * Step 5 for survey results, from what the tables show and nothing else. Tables of one question and
 * population are taken together, nested attributes in one system, other attributes through the
 * question's totals. Hidden people and hidden answers must keep a range of minN (or of all that the
 * totals leave), shown ones at least two whole values.
 */
export function auditResults(
	tables: readonly ProtectedTable[],
	options: ResultsAuditOptions,
): AuditResult {
	const problems = questionsOf(tables).flatMap((question) => auditQuestion(question, options));
	return { ok: problems.length === 0, problems };
}

function auditQuestion(
	tables: readonly ProtectedTable[],
	options: ResultsAuditOptions,
): DisclosureProblem[] {
	const [first] = tables;
	if (first?.total.people.type !== 'exact') {
		return [];
	}
	const { n } = first.total.people;
	const totals = totalBounds(tables, n);
	const families = familiesOf(tables, options.nests);
	return families.flatMap((family) => {
		const question = { n, tables: family, nests: options.nests };
		const known = new Map([...totals, ...family.flatMap((t) => [...(options.known?.(t) ?? [])])]);
		return auditFamily(question, { known, totals, minN: options.minN });
	});
}

function auditFamily(
	question: QuestionTables,
	options: { known: KnownBounds; totals: KnownBounds; minN: number },
): DisclosureProblem[] {
	const system = openQuestion(question, options.known);
	const polytope = solveSystem(system);
	if (polytope === null) {
		return question.tables.map(({ id }) => ({
			table: id,
			cell: 'all',
			low: 0,
			high: 0,
			reason: 'contradiction',
		}));
	}
	const targets = question.tables.flatMap((table) =>
		targetsOf(system, table, { ...options, n: question.n }),
	);
	return findExposed(polytope, targets).map((exposed) => ({
		...exposed,
		reason: exposed.low >= exposed.high ? 'determined' : 'narrow',
	}));
}

/** Everything of a table that must stay unknown, and how far. */
function targetsOf(
	system: QuestionSystem,
	table: ProtectedTable,
	options: { totals: KnownBounds; minN: number; n: number },
): Target[] {
	const { attributeId: attribute, id } = table;
	const rows = table.groups.flatMap((row) => {
		const isShown = row.people.type !== 'hidden';
		const people = row.members.map((group): [number, number] => [
			system.people(attribute, group),
			1,
		]);
		const cells = table.options.flatMap((option): Target[] => {
			const own = option.of ?? [option.id];
			const chosen = own.flatMap((o) =>
				row.members.map((group): [number, number] => [system.chosen(o, attribute, group), 1]),
			);
			const others = [...people, ...chosen.map(([v, f]): [number, number] => [v, -f])];
			const left = leftByTotals(own, options);
			const cell = `${option.id} of ${row.id}`;
			if (isShown) {
				return [{ table: id, cell, terms: chosen, width: 0 }];
			}
			return [
				{ table: id, cell, terms: chosen, width: left.chosen },
				{ table: id, cell: `not ${cell}`, terms: others, width: left.others },
			].filter(({ width }) => width > 0);
		});
		const width = isShown ? 0 : options.minN;
		return [{ table: id, cell: `people of ${row.id}`, terms: people, width }, ...cells];
	});
	const pooled = (table.pool?.members ?? []).map((group): Target => ({
		table: id,
		cell: `people of ${group}`,
		terms: [[system.people(attribute, group), 1]],
		width: options.minN,
	}));
	return [...rows, ...pooled];
}

/** The width a hidden answer may be asked to keep: minN, or less where the totals alone leave less. */
function leftByTotals(
	own: readonly string[],
	{ totals, minN, n }: { totals: KnownBounds; minN: number; n: number },
): { chosen: number; others: number } {
	const bounds = own.map((option) => totals.get(allKey(option)) ?? { low: 0, high: n });
	const most = bounds.reduce((sum, { high }) => sum + high, 0);
	const least = bounds.reduce((sum, { low }) => sum + low, 0);
	return { chosen: Math.min(minN, most), others: Math.min(minN, Math.max(0, n - least)) };
}

/** The count of each option over everyone, as narrow as the total rows make it. */
function totalBounds(tables: readonly ProtectedTable[], n: number): Map<string, CountBounds> {
	const bounds = new Map<string, CountBounds>();
	for (const table of tables) {
		table.options.forEach((option, index) => {
			const cell = table.total.cells[index];
			if (option.of !== null || cell?.type !== 'shown') {
				return;
			}
			const { low, high } = impliedCounts(cell.figure, n);
			const before = bounds.get(allKey(option.id)) ?? { low: 0, high: n };
			bounds.set(allKey(option.id), {
				low: Math.max(low, before.low),
				high: Math.min(high, before.high),
			});
		});
	}
	return bounds;
}

/** Tables of one question, population and total: the same people and the same answers. */
function questionsOf(tables: readonly ProtectedTable[]): ProtectedTable[][] {
	const questions = new Map<string, ProtectedTable[]>();
	for (const table of tables) {
		const { people } = table.total;
		const n = people.type === 'exact' ? people.n : people.band;
		const key = JSON.stringify([table.populationId, table.questionId, n]);
		questions.set(key, [...(questions.get(key) ?? []), table]);
	}
	return [...questions.values()];
}

/** Splits a question's tables by attribute, nested attributes together. */
function familiesOf(tables: readonly ProtectedTable[], nests: readonly Nest[]): ProtectedTable[][] {
	const families: Set<string>[] = [];
	const attributes = new Set(tables.map(({ attributeId }) => attributeId));
	for (const attribute of attributes) {
		const related = nests
			.filter(({ child, parent }) => child === attribute || parent === attribute)
			.flatMap(({ child, parent }) => [child, parent]);
		const touching = families.filter((family) => related.some((other) => family.has(other)));
		const merged = new Set([attribute, ...touching.flatMap((family) => [...family])]);
		for (const family of touching) {
			families.splice(families.indexOf(family), 1);
		}
		families.push(merged);
	}
	return families.map((family) => tables.filter(({ attributeId }) => family.has(attributeId)));
}
