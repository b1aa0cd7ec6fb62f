import type { PartBand } from '@throughline/analysis/disclosure';
import { z } from 'zod';

export const engagementParam = z.object({ engagementId: z.uuid() });
export const exportParam = z.object({ engagementId: z.uuid(), exportId: z.uuid() });

const reason = z
	.string()
	.trim()
	.min(10, 'Say in at least 10 characters why.')
	.max(1000, 'Use at most 1,000 characters.');

export const askBody = z.object({ windowId: z.uuid('Choose a survey window.'), reason });

export const decisionBody = z.object({ isApproved: z.boolean(), reason });

/** How far a row export has come. */
export type ExportStatus = 'asked' | 'approved' | 'refused' | 'expired' | 'fetched';

export interface RowExportView {
	id: string;
	windowId: string;
	window: string;
	status: ExportStatus;
	k: number;
	reason: string;
	requestedBy: string;
	requestedAt: string;
	/** Whether the one who looks asked for it. */
	isOwn: boolean;
	decidedBy: string | null;
	decidedAt: string | null;
	decisionReason: string | null;
	expiresAt: string;
	fetchedAt: string | null;
	fileHash: string | null;
}

/** What the file would hold and what it would leave out, without a number of a small group. */
export interface RowExportReport {
	/** Everyone who took part: an exact total is public. */
	rows: number;
	attributes: {
		id: string;
		/** As given, in coarser words (levels, bands), or not at all. */
		told: 'as_given' | 'coarser' | 'not_at_all';
		/** The part of the rows that lose it though others keep it. */
		blanked: PartBand;
	}[];
	questions: string[];
	/** Rows that lose an attribute. */
	blanked: PartBand;
	/** Answers left out because they would tell an attribute. */
	answersLeftOut: PartBand;
	/** How often everybody in a class gave the same answer to a question. */
	sameAnswer: PartBand;
}

export interface RowExportsView {
	exports: RowExportView[];
	/** Opened windows, newest first. */
	windows: { id: string; label: string }[];
}
