import type { Cell, PeopleCount } from '../charts/model.ts';

/** What is asked of one question, theme list or combination of options. */
export interface ResultOption {
	id: string;
	/** Ids of the options this one sums ('agree' of 'agree' and 'strongly agree'); null: itself. */
	of: readonly string[] | null;
}

/** One shown or hidden row of a breakdown. A pool is one row. */
export interface ProtectedGroup {
	id: string;
	label: string;
	/** The groups behind the row: itself, or the members of the pool, in code point order. */
	members: string[];
	people: PeopleCount | { type: 'hidden' };
	/** One cell per option, in the order of `options`. */
	cells: Cell[];
}

/**
 * One question (or the themes of one) by one attribute, as it may be published: words and bands,
 * no raw number but totals. The audit reads exactly this, so that it knows what a reader knows.
 */
export interface ProtectedTable {
	kind: 'results';
	/** Names the table in problems: unique within a release. */
	id: string;
	/** Who was asked, in which window. Tables of one population are audited together. */
	populationId: string;
	questionId: string;
	/** The attribute of the groups. */
	attributeId: string;
	/** True when a person could choose several options, so shares do not add up. */
	isMultiple: boolean;
	options: ResultOption[];
	total: { people: PeopleCount; cells: Cell[] };
	/** People who answered and whose group is known. Public: the audit counts on a reader having it. */
	statedN: number | null;
	groups: ProtectedGroup[];
	/** The pool's row id and members, for the note under the table; null when nothing was pooled. */
	pool: { id: string; members: string[] } | null;
	/** False when no group of the attribute may be shown. */
	isBreakdownShown: boolean;
}

/** A figure that what is published gives away. */
export interface DisclosureProblem {
	table: string;
	/** 'people of oml', 'yes of oml', 'cited: race=asian'. */
	cell: string;
	low: number;
	high: number;
	reason: 'determined' | 'narrow' | 'difference' | 'contradiction';
}

/** The verdict on one table or on a release. */
export interface AuditResult {
	ok: boolean;
	problems: DisclosureProblem[];
}
