import { z } from 'zod';
import { engagementParam } from '../engagements/schema.ts';

export const themeParam = engagementParam.extend({ themeId: z.uuid() });

const line = z.string().trim().min(1).max(300, { error: 'A line has up to 300 characters.' });
const lines = z.array(line).max(20, { error: 'At most 20 lines.' });

export const themeBody = z.object({
	label: z
		.string()
		.trim()
		.min(1, { error: 'Give the theme a name.' })
		.max(120, { error: 'A name has up to 120 characters.' }),
	definition: z
		.string()
		.trim()
		.min(1, { error: 'Say what the theme is.' })
		.max(1000, { error: 'A definition has up to 1,000 characters.' }),
	include: lines,
	exclude: lines,
	examples: lines,
});

export interface CodebookView {
	title: string;
	unit: string;
	groups: { key: string; label: string; themes: ThemeView[] }[];
	/** Whether the one who asks may edit the words. */
	canEdit: boolean;
}

export interface ThemeView {
	id: string;
	key: string;
	label: string;
	definition: string;
	include: string[];
	exclude: string[];
	examples: string[];
	/** What to press on the coder's screen; null past the keys there are. */
	shortcut: string | null;
}

/** How well coders agreed before they saw suggestions or each other's codings. */
export interface ReliabilityView {
	/** Excerpts at least two coders decided. */
	units: number;
	/** Fewer than this say nothing, and no figure is given. */
	leastUnits: number;
	/** By theme id; null where there are too few excerpts. */
	themes: Record<string, ThemeReliability> | null;
}

export type ThemeReliability =
	| {
			type: 'measured';
			/** Krippendorff's alpha, with two decimals, and its 95 % interval. */
			alpha: number;
			low: number;
			high: number;
			/** By Krippendorff's conventional marks, 0.8 and 0.667. */
			verdict: 'good' | 'tentative' | 'poor';
	  }
	| { type: 'undefined'; reason: 'one_value_only' };
