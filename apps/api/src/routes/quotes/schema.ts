import { z } from 'zod';
import type { DialogSourceView, ExcerptView } from '../coding/schema.ts';
import { engagementParam } from '../engagements/schema.ts';

export const quoteParam = engagementParam.extend({ quoteId: z.uuid() });

const offset = z.number().int().min(0).max(1_000_000);

/** A span of an excerpt, in code points, the end not included. */
export const quoteBody = z.object({ excerptId: z.uuid(), startAt: offset, endAt: offset });

export const clearanceBody = z.object({
	isCleared: z.boolean(),
	reason: z
		.string()
		.trim()
		.min(1, { error: 'Say in a few words why.' })
		.max(500, { error: 'A reason has up to 500 characters.' }),
});

export interface QuoteList {
	quotes: QuoteView[];
	page: number;
	hasMore: boolean;
}

export interface QuoteView {
	id: string;
	excerptId: string;
	/** The stored words, and what stands around them. */
	text: string;
	before: string;
	after: string;
	language: string;
	direction: 'ltr' | 'rtl';
	question: { text: string; language: string } | null;
	dialog: DialogSourceView | null;
	proposedBy: string | null;
	/** `cleared`: two people cleared it and nobody blocks it; only then can it be published. */
	status: 'waiting' | 'cleared' | 'blocked' | 'withdrawn';
	/** How many more people have to clear it. */
	missing: number;
	clearances: { person: string; isOwn: boolean; isCleared: boolean; reason: string }[];
	/** Whoever said it took it back: its words are not shown to anyone any more. */
	isTakenBack: boolean;
	/** Whether every seat that spoke these words allows to be quoted; true for answers. */
	mayBeQuoted: boolean;
	/** Whether it can be heard: there is a recording, and every seat agreed to its voice being played. */
	mayBeHeard: boolean;
	/** Whether the stored words are still those that were cleared. */
	isIntact: boolean;
	/** How many findings rest on it, and the first of them. */
	findings: number;
	usedBy: { id: string; sentence: string }[];
}

/** An excerpt to choose a quote from. */
export interface QuoteSource {
	excerpt: ExcerptView;
	/** Whether every seat that spoke in it allows to be quoted; true for answers. */
	mayBeQuoted: boolean;
	/** Its sentences as spans, in code points. */
	sentences: { startAt: number; endAt: number; text: string }[];
}
