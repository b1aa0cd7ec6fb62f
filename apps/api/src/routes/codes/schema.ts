import { z } from 'zod';
import { windowParam } from '../windows/schema.ts';

export const cohortParam = windowParam.extend({ cohortId: z.uuid() });

export const codesBody = z.object({
	/** Slips beyond one per enrolled student, in percent of them. */
	sparePercent: z.coerce
		.number({ error: 'Enter a number of percent.' })
		.int({ error: 'Enter a whole number of percent.' })
		.min(0, { error: 'Spare slips are 0 percent or more.' })
		.max(50, { error: 'Spare slips are 50 percent at most.' })
		.default(5),
	/** Void the unused codes made before: their print was lost. */
	isReplacement: z.boolean().default(false),
});

/** Codes of a window, by site and grade. Never how many were used. */
export interface CodesView {
	cohorts: CohortCodes[];
	eligible: number;
	codesMade: number;
	slipsVoided: number;
	/** Codes can be made while the window is a draft or open. */
	canMake: boolean;
}

export interface CohortCodes {
	id: string;
	site: string;
	grade: string;
	eligible: number;
	/** Every slip ever made for the cohort, voided ones included. */
	codesMade: number;
	/** Slips of prints that were voided. Those used before that still count. */
	slipsVoided: number;
}

/** A print of slips. It is shown once: the codes are stored as hashes only. */
export interface Slips {
	site: string;
	grade: string;
	window: string;
	/** What is typed: `listen.example.org/s/k3m9qt`. */
	shortAddress: string;
	closesOn: string;
	/** The wall clock's time it closes on that day; null at its end. */
	closesAt: string | null;
	/** Names of the languages the survey can be answered in are the page's business. */
	languages: string[];
	slips: Slip[];
}

export interface Slip {
	/** `K7QM-2XH9-TPC` */
	code: string;
	/** A QR code as one SVG path over a square of `size` modules, quiet zone included. */
	qr: { size: number; path: string };
}
