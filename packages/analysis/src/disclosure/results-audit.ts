import type { AuditResult, DisclosureProblem, ProtectedTable } from './protected-table.ts';
import {
	allKey,
	type KnownBounds,
	type Nest,
	openQuestion,
	type QuestionTables,
} from './question-system.ts';
import { type TargetOptions, targetsOf } from './results-targets.ts';
import { type CountBounds, impliedCounts } from './shares.ts';
import { solveSystem } from './simplex.ts';
import { findExposed } from './witness-search.ts';

/** What the audit of survey tables needs beside the tables. */
export interface ResultsAuditOptions {
	minN: number;
	/** Attributes whose groups make up those of another. */
	nests: readonly Nest[];
	/** What other tables say of this table's people, by the keys of `peopleKey`. */
	known?: (table: ProtectedTable) => KnownBounds;
	/** How many are enrolled, by the keys of `peopleKey`: a hidden number cannot range beyond. */
	enrolled?: ReadonlyMap<string, number>;
	/** Groups whose response rates were shown, by the keys of `peopleKey`. */
	told?: (table: ProtectedTable) => ReadonlySet<string>;
}

/**
 * Step 5 for survey results, from what the tables show and nothing else. Tables of one question and
 * population are taken together, nested attributes in one system, other attributes through the
 * question's totals. Hidden people and hidden answers must keep a range of minN (or of all that the
 * totals leave); what is shown of a small group, or as an end, at least two whole values.
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
		const enrolled = options.enrolled ?? new Map<string, number>();
		const told = options.told?.(first) ?? new Set<string>();
		return auditFamily(question, { known, totals, enrolled, told, minN: options.minN });
	});
}

function auditFamily(
	question: QuestionTables,
	options: Omit<TargetOptions, 'n'> & { known: KnownBounds },
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
