import type { Cell, PeopleCount } from '../charts/model.ts';
import { type Arrangement, arrangeGroups, coarsenGroups, hideAllGroups } from './arrangement.ts';
import type { GroupCount } from './one-dimension.ts';
import type { DisclosureParams } from './params.ts';
import { nBand, showCell } from './percent.ts';
import type {
	AuditResult,
	ProtectedGroup,
	ProtectedTable,
	ResultOption,
} from './protected-table.ts';
import { auditResults } from './results-audit.ts';

/** Counts of one row: `n` people answered this very question, `counts` of them per option. */
export interface ResultCounts {
	n: number;
	/** In the order of the question's options, without combinations. */
	counts: readonly number[];
}

/** Counts of one question (or of the themes of one) by one attribute, before protection. */
export interface ResultsInput {
	id: string;
	populationId: string;
	questionId: string;
	attributeId: string;
	isMultiple: boolean;
	/** Option or theme ids. When `isMultiple` is false, every answer counts in exactly one. */
	options: readonly string[];
	/** Sums of options to show beside them, such as agree and disagree of a scale. */
	combinations?: readonly { id: string; of: readonly string[] }[];
	total: ResultCounts;
	/** In the order to show them. People without a known group are in the total only. */
	groups: readonly (ResultCounts & { id: string; label: string })[];
	/** The row of pooled groups: 'All masked groups' in the reader's language. */
	pool: { id: string; label: string };
	/** Groups to treat as small whatever their size, because other tables give them away. */
	alsoSmall?: readonly string[];
	params: DisclosureParams;
}

/** A table that may be published and the verdict of its own audit (always ok: it is the exit). */
export interface ProtectedResults {
	table: ProtectedTable;
	audit: AuditResult;
}

/**
 * The one way from counted answers to what may be seen: exact total, bands and coarse shares for
 * groups, small groups pooled or hidden with a complement, and further rows pooled or hidden until
 * no hidden figure can be worked out from everything the table shows. Deterministic.
 */
export function protectResults(input: ResultsInput): ProtectedResults {
	checkInput(input);
	const { params } = input;
	const groups = toCounts(input);
	const isTooSmall = input.total.n < params.minN;
	let arrangement = isTooSmall
		? hideAllGroups(groups)
		: arrangeGroups(groups, params, input.alsoSmall);
	for (;;) {
		const table = buildTable(input, arrangement);
		const audit = auditResults([table], { minN: params.minN, nests: [] });
		if (audit.ok || !table.isBreakdownShown) {
			return { table, audit };
		}
		const named = shownRowsIn(table, audit);
		arrangement = coarsenGroups(groups, arrangement, { params, named });
	}
}

/** The same table with no group shown, for a release whose tables together give one away. */
export function withholdBreakdown(input: ResultsInput): ProtectedTable {
	checkInput(input);
	return buildTable(input, hideAllGroups(toCounts(input)));
}

/** The shown groups of a table, the pool apart, whose own figures an audit names. */
export function shownRowsIn(table: ProtectedTable, { problems }: AuditResult): string[] {
	const cells = problems.filter((problem) => problem.table === table.id);
	return table.groups
		.filter(({ id, people }) => id !== table.pool?.id && people.type !== 'hidden')
		.map(({ id }) => id)
		.filter((id) => cells.some(({ cell }) => cell.endsWith(` of ${id}`)));
}

function toCounts({ groups }: ResultsInput): GroupCount[] {
	return groups.map(({ id, n }) => ({ id, count: n }));
}

function buildTable(input: ResultsInput, arrangement: Arrangement): ProtectedTable {
	const options: ResultOption[] = [
		...input.options.map((id) => ({ id, of: null })),
		...(input.combinations ?? []).map(({ id, of }) => ({ id, of: [...of] })),
	];
	const isBreakdownShown = arrangement.shown.length > 0;
	const stated = input.groups.reduce((sum, { n }) => sum + n, 0);
	return {
		kind: 'results',
		id: input.id,
		populationId: input.populationId,
		questionId: input.questionId,
		attributeId: input.attributeId,
		isMultiple: input.isMultiple,
		options,
		total: { people: totalPeople(input), cells: cellsOf(input, input.total) },
		statedN: isBreakdownShown ? stated : null,
		groups: rowsOf(input, arrangement),
		pool:
			arrangement.pooled.length === 0 ? null : { id: input.pool.id, members: arrangement.pooled },
		isBreakdownShown,
	};
}

function totalPeople({ total, params }: ResultsInput): PeopleCount {
	return total.n < params.minN
		? { type: 'band', band: nBand(total.n, params) }
		: { type: 'exact', n: total.n };
}

/** Shown and hidden groups in the input's order, the pool last. */
function rowsOf(input: ResultsInput, { shown, pooled }: Arrangement): ProtectedGroup[] {
	const rows = input.groups
		.filter(({ id }) => !pooled.includes(id))
		.map((group): ProtectedGroup => {
			const isShown = shown.includes(group.id);
			return {
				id: group.id,
				label: group.label,
				members: [group.id],
				people: isShown ? { type: 'band', band: nBand(group.n, input.params) } : { type: 'hidden' },
				cells: isShown ? cellsOf(input, group) : allHidden(input),
			};
		});
	if (pooled.length === 0) {
		return rows;
	}
	const members = input.groups.filter(({ id }) => pooled.includes(id));
	const n = members.reduce((sum, member) => sum + member.n, 0);
	const counts = input.options.map((_, index) =>
		members.reduce((sum, member) => sum + (member.counts[index] ?? 0), 0),
	);
	const people = { type: 'band', band: nBand(n, input.params) } as const;
	const cells = cellsOf(input, { n, counts });
	return [...rows, { ...input.pool, members: pooled, people, cells }];
}

function cellsOf(input: ResultsInput, { n, counts }: ResultCounts): Cell[] {
	const sums = (input.combinations ?? []).map(({ of }) =>
		of.reduce((sum, id) => sum + (counts[input.options.indexOf(id)] ?? 0), 0),
	);
	return [...counts, ...sums].map((count) => showCell(count, n, input.params));
}

function allHidden({ options, combinations }: ResultsInput): Cell[] {
	const count = options.length + (combinations?.length ?? 0);
	return Array.from({ length: count }, () => ({ type: 'hidden' }) as const);
}

function checkInput(input: ResultsInput): void {
	const where = `table ${input.id}`;
	const rows = [{ ...input.total, id: 'the total' }, ...input.groups];
	for (const { id, n, counts } of rows) {
		if (counts.length !== input.options.length) {
			throw new RangeError(
				`${where}, ${id}: ${counts.length} counts for ${input.options.length} options.`,
			);
		}
		const sum = counts.reduce((total, count) => total + count, 0);
		if (counts.some((count) => count > n) || (!input.isMultiple && sum !== n)) {
			throw new RangeError(`${where}, ${id}: the counts do not fit ${n} people.`);
		}
	}
	const stated = input.groups.reduce((sum, { n }) => sum + n, 0);
	if (stated > input.total.n) {
		throw new RangeError(`${where}: groups hold ${stated} people, the total ${input.total.n}.`);
	}
	const unstated = input.total.n - stated;
	input.options.forEach((option, index) => {
		const sum = input.groups.reduce((total, { counts }) => total + (counts[index] ?? 0), 0);
		const left = (input.total.counts[index] ?? 0) - sum;
		if (left < 0 || left > unstated) {
			throw new RangeError(`${where}, ${option}: the groups' counts do not fit the total's.`);
		}
	});
	for (const { id, of } of input.combinations ?? []) {
		if (input.isMultiple || of.some((option) => !input.options.includes(option))) {
			throw new RangeError(`${where}: '${id}' must sum options of a single-choice question.`);
		}
	}
}
