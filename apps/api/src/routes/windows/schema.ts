import type { SiteLevel, WindowStatus } from '@throughline/db/schema';
import { z } from 'zod';
import { engagementParam } from '../engagements/schema.ts';

export const windowParam = engagementParam.extend({ windowId: z.uuid() });

/** A wall clock's date and time in the district, as `<input type="datetime-local">` sends it. */
function localTime(missing: string) {
	return z
		.string({ error: missing })
		.regex(/^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}$/, { error: missing })
		.refine((value) => !Number.isNaN(Date.parse(`${value}:00Z`)), {
			error: 'There is no such date or time.',
		});
}

export const windowBody = z
	.object({
		label: z
			.string()
			.trim()
			.min(1, { error: 'Give the window a name, like “Spring survey”.' })
			.max(80, { error: 'A name has up to 80 characters.' }),
		surveyVersionId: z.uuid({ error: 'Choose a survey.' }),
		noticeVersionId: z.uuid({ error: 'Choose the notice students read first.' }),
		siteIds: z
			.array(z.uuid())
			.min(1, { error: 'Choose at least one school.' })
			.max(1000)
			.transform((ids) => [...new Set(ids)]),
		opensAt: localTime('Enter the date and time it opens.'),
		closesAt: localTime('Enter the date and time it closes.'),
	})
	.refine((body) => body.opensAt < body.closesAt, {
		path: ['closesAt'],
		error: 'The window has to close after it opens.',
	});

export type WindowBody = z.output<typeof windowBody>;

export interface WindowList {
	windows: WindowView[];
	timezone: string;
	page: number;
	hasMore: boolean;
}

export interface WindowView {
	id: string;
	label: string;
	status: WindowStatus;
	/** Answers come through codes, or were imported from a file. */
	source: 'codes' | 'import';
	survey: { versionId: string; title: string; number: number };
	/** Wall clock's times in the district: `2026-03-02T08:00`. */
	opensAt: string;
	closesAt: string;
}

export interface WindowDetail extends WindowView {
	timezone: string;
	noticeVersionId: string;
	/** What students type: the address without its scheme. */
	shortAddress: string;
	sites: { id: string; name: string }[];
	/** How many students may answer, and how many codes were made for them. */
	eligible: number;
	codesMade: number;
	cohorts: number;
	cohortsWithCodes: number;
}

/** What a window can be made of. */
export interface WindowOptions {
	surveys: { id: string; title: string; number: number }[];
	notices: { id: string; key: string; number: number; summary: string }[];
	sites: { id: string; name: string; level: SiteLevel; enrolled: number }[];
	timezone: string;
}
