import { z } from 'zod';
import { engagementParam } from '../engagements/schema.ts';

export const excerptParam = engagementParam.extend({ excerptId: z.uuid() });

/** Excerpts the page holds already, so that it is not handed them twice. */
const skip = z
	.string()
	.max(40 * 37)
	.transform((ids) => (ids === '' ? [] : ids.split(',')))
	.pipe(z.array(z.uuid()).max(40))
	.default([]);
export const nextQuery = z.object({
	limit: z.coerce.number().int().min(1).max(20).default(5),
	skip,
});

const themeIds = z.array(z.uuid()).max(100);
export const decisionBody = z.object({ themeIds });
export const settlementBody = z.object({
	themeIds,
	note: z
		.string()
		.trim()
		.min(1, { error: 'Say in a few words why.' })
		.max(500, { error: 'A note has up to 500 characters.' }),
});

/** What a coder sees of an excerpt. */
export interface ExcerptView {
	id: string;
	text: string;
	language: string;
	direction: 'ltr' | 'rtl';
	/** The question in English, or in the language it was written in; null for spoken words. */
	question: { text: string; language: string } | null;
	/** Where spoken words come from; null for answers. Never the seat. */
	dialog: DialogSourceView | null;
}

/** The dialog session words were spoken in, as far as it may be told. */
export interface DialogSourceView {
	/** The prompt the group was given, where the words belong to one. */
	prompt: string | null;
	site: string;
	/** Only where enough took part in the session. */
	group: string | null;
	/** Notes: somebody's very words, or those of whoever took the note; null where it was said so. */
	note: 'exact' | 'paraphrase' | null;
}

/** What this coder decided. */
export interface DecisionView {
	themeIds: string[];
	/** Whether they had seen suggestions, or others' codings, by then. */
	sawSuggestions: boolean;
}

export interface CodingDesk {
	progress: { decided: number; remaining: number };
	/** Seconds a decision takes this coder, about; null with too few of them. Nobody else sees it. */
	pace: number | null;
	canUndo: boolean;
	canRedo: boolean;
	/** Disagreements between this coder and another that wait to be settled. */
	disagreements: number;
	/** Answers kept apart as blank words. */
	blanks: number;
	maxThemes: number;
}

export interface NextExcerpts {
	excerpts: ExcerptView[];
}

/** One excerpt with what this coder decided on it, if anything. */
export interface OpenExcerpt {
	excerpt: ExcerptView;
	decision: DecisionView | null;
}

export interface SuggestionsView {
	/** `preparing`: there is no model yet; it is on its way. */
	state: 'ready' | 'preparing';
	suggestions: SuggestionView[];
}

export interface SuggestionView {
	themeId: string;
	confidence: 'likely' | 'possible' | 'weak';
	/** The words that spoke for it: places in code points, end not included. */
	evidence: { start: number; end: number }[];
}

export interface SteppedDecision extends OpenExcerpt {
	progress: CodingDesk['progress'];
	canUndo: boolean;
	canRedo: boolean;
}

export interface DecidedList {
	decided: (ExcerptBrief & DecisionView)[];
	page: number;
	hasMore: boolean;
}

export interface ExcerptBrief {
	id: string;
	text: string;
	language: string;
	direction: 'ltr' | 'rtl';
}

export interface BlankList {
	blanks: ExcerptView[];
	page: number;
	hasMore: boolean;
}

export interface DisagreementList {
	disagreements: ExcerptBrief[];
	total: number;
	page: number;
	hasMore: boolean;
}

/** What the coders of one excerpt decided, side by side. */
export interface DisagreementView {
	excerpt: ExcerptView;
	own: string[];
	others: string[][];
	settlement: { themeIds: string[]; note: string; isOwn: boolean } | null;
	/** The excerpt of the disagreement after this one. */
	nextId: string | null;
}
