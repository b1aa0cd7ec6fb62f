import { z } from 'zod';
import { engagementParam } from '../engagements/schema.ts';

export const flagParam = engagementParam.extend({ flagId: z.uuid() });
export const resolutionBody = z.object({
	note: z
		.string()
		.trim()
		.min(1, { error: 'Say in a few words what came of it.' })
		.max(500, { error: 'A note has up to 500 characters.' }),
});

/** Of one thing, or of the engagement without one. */
export const openQuery = z.object({
	type: z.enum(['quote', 'finding', 'recommendation', 'release']).optional(),
	id: z.uuid().optional(),
});

export interface OpenFlags {
	open: number;
}

/** Something that rests on words that were taken back or corrected. Holds none of those words. */
export interface FlagView {
	id: string;
	target: { type: 'quote' | 'finding' | 'recommendation' | 'release'; id: string };
	/** The finding's sentence, the recommendation's text, the release's title; '' for quotes. */
	label: string;
	reason: 'withdrawn' | 'corrected';
	/** What the group wrote in place of its words; '' for words taken back. */
	correction: string;
	raisedOn: string;
	resolved: { by: string | null; on: string; note: string } | null;
}

export interface FlagList {
	flags: FlagView[];
	open: number;
	page: number;
	hasMore: boolean;
}
