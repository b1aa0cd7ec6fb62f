import type { Cell, Chart, PeopleCount, QuoteCard } from '@throughline/analysis/charts';
import { z } from 'zod';
import { attributeIds } from '../../results/attributes.ts';
import { chartLanguages } from '../../results/charts/words.ts';

const engagement = { engagementId: z.uuid() };

export const engagementParam = z.object(engagement);
export const windowParam = z.object({ ...engagement, windowId: z.uuid() });
export const chartParam = z.object({
	...engagement,
	windowId: z.uuid(),
	chartId: z.string().regex(/^[A-Za-z0-9_-]{1,120}$/),
});

export const themeParam = windowParam.extend({ key: z.string().regex(/^[A-Za-z0-9_-]{1,40}$/) });

export const resultsQuery = z.object({
	by: z.enum(attributeIds).optional(),
	language: z.enum(chartLanguages).default('en'),
});

/** The opened windows of an engagement. */
export interface ResultsOverview {
	windows: { id: string; label: string; opensAt: string; closesAt: string }[];
}

/** All charts of a window, over everyone or by one attribute. */
export interface WindowResults {
	/** Days as `2026-03-02`, in the district's time zone. */
	window: { id: string; label: string; opensOn: string; closesOn: string };
	by: string | null;
	/** What results may be broken down by: attributes of which some group can be shown. */
	attributes: { id: string; label: string }[];
	sections: { id: string; title: string; charts: Chart[] }[];
	coverage: { answers: number; decided: number; double: number };
	/** The least number of students a figure may stand on. */
	minN: number;
}

/** What was said in dialog sessions, by theme, beside what was written in a survey. */
export interface DialogThemes {
	/** Seats of whom something was coded. */
	people: PeopleCount;
	/** Sessions of `minN` participants or more, and one for all smaller ones; null with too few. */
	units: number | null;
	rows: {
		key: string;
		label: string;
		share: Cell;
		/** '4 of 6'; null where it would say too much. */
		sessions: string | null;
		/** A band; null where it would say too much. */
		excerpts: string | null;
		survey: Cell;
		/** Where a theme was raised, as far as what is shown tells. */
		concordance: 'both' | 'dialog' | 'survey' | 'neither' | 'not_shown';
	}[];
}

/** One theme of a window, with everything that leads to it and from it. */
export interface ThemeResults {
	window: WindowResults['window'];
	theme: {
		key: string;
		label: string;
		definition: string;
		include: string[];
		exclude: string[];
		examples: string[];
		group: string;
	};
	/** The share of students of whom at least one answer was coded. */
	share: Cell;
	range: { low: number; high: number } | null;
	people: PeopleCount;
	population: string;
	notes: string[];
	breakdowns: {
		by: string;
		label: string;
		rows: { id: string; label: string; people: PeopleCount | { type: 'hidden' }; cell: Cell }[];
		notes: string[];
	}[];
	/** Cleared by two people, one of each person. */
	quotes: QuoteCard[];
	/** Empty for those who may not read findings. */
	findings: { id: string; sentence: string; status: 'draft' | 'ready' }[];
	coverage: WindowResults['coverage'];
	minN: number;
}
