import type { Cell, Chart, QuoteCard } from '@throughline/analysis/charts';
import type { RecommendationStatus } from '@throughline/db/schema';
import { z } from 'zod';
import type { QuoteStatus } from '../../decisions/quote-status.ts';
import { attributeIds } from '../../results/attributes.ts';
import { engagementParam } from '../engagements/schema.ts';

export const findingParam = engagementParam.extend({ findingId: z.uuid() });

const unique = <Item extends string>(items: Item[]): Item[] => [...new Set(items)];

const tableAddress = z.object({
	windowId: z.uuid({ error: 'Choose a table.' }),
	kind: z.enum(['question', 'themes']),
	ref: z.string().regex(/^[A-Za-z0-9_]{1,60}$/, { error: 'Choose a table.' }),
	breakdown: z.enum(attributeIds).nullable(),
});

const words = {
	sentence: z
		.string()
		.trim()
		.min(1, { error: 'Write the finding as one sentence.' })
		.max(600, { error: 'Keep the sentence under 600 characters.' }),
	minorityView: z
		.string()
		.trim()
		.max(1200, { error: 'Keep this under 1,200 characters.' })
		.default(''),
	tables: z
		.array(tableAddress)
		.max(8, { error: 'A finding rests on up to 8 tables.' })
		.default([])
		.transform((tables) => [
			...new Map(tables.map((table) => [JSON.stringify(table), table])).values(),
		]),
	themeKeys: z.array(z.string().max(40)).max(20).default([]).transform(unique),
	quoteIds: z
		.array(z.uuid())
		.max(12, { error: 'A finding has up to 12 quotes. Choose those that show the range.' })
		.default([])
		.transform(unique),
};

export const version = z.int({ error: 'Say which version was changed.' }).min(1);
export const findingBody = z.object(words);
export const findingChange = z.object({ ...words, version });
export const versionBody = z.object({ version });

export type FindingBody = z.output<typeof findingBody>;

/** A finding in a list. */
export interface FindingSummary {
	id: string;
	sentence: string;
	status: 'draft' | 'ready';
	tables: number;
	quotes: number;
	/** Quotes that two people cleared and nobody blocked. */
	clearedQuotes: number;
	hasMinorityView: boolean;
	recommendations: { id: string; key: string }[];
}

export interface FindingList {
	findings: FindingSummary[];
	/** Drafts that were put away and can be brought back. */
	archived: { id: string; sentence: string; version: number }[];
}

export interface FindingQuote {
	id: string;
	status: QuoteStatus;
	question: string;
	/** Null while its words may not be read by this person. */
	card: QuoteCard | null;
}

export interface FindingView {
	id: string;
	sentence: string;
	minorityView: string;
	status: 'draft' | 'ready';
	version: number;
	isArchived: boolean;
	tables: {
		address: FindingBody['tables'][number];
		/** Null when the address leads nowhere any more. */
		chart: Chart | null;
	}[];
	/** Every by-group breakdown of its questions: to look for those who saw it differently. */
	otherGroups: { windowId: string; by: string; label: string }[];
	themes: { key: string; label: string; windowId: string | null; cell: Cell }[];
	quotes: FindingQuote[];
	recommendations: { id: string; key: string; text: string; status: RecommendationStatus }[];
	/** What it needs before it can be called ready. */
	missing: ('minority_view' | 'evidence')[];
	/** The sentence has numbers: they live in the tables. */
	hasDigits: boolean;
	/** The least number of students a figure may stand on; null before any window is opened. */
	minN: number | null;
}

/** What a finding may rest on: tables of opened windows, themes, quotes this person may read. */
export interface FindingOptions {
	windows: {
		id: string;
		label: string;
		sections: {
			id: string;
			title: string;
			tables: { kind: 'question' | 'themes'; ref: string; label: string }[];
		}[];
		attributes: { id: string; label: string }[];
	}[];
	themes: { key: string; label: string; group: string }[];
	quotes: FindingQuote[];
}
