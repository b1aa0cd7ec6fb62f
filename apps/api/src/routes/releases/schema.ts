import { z } from 'zod';
import type { ReleaseDoubt, ReleaseProblem } from '../../releases/body.ts';
import { chartLanguages } from '../../results/charts/words.ts';
import type { PublicRelease } from '../public/schema.ts';

export const engagementParam = z.object({ engagementId: z.uuid() });
export const releaseParam = z.object({ engagementId: z.uuid(), releaseId: z.uuid() });

export const releaseBody = z.object({
	windowId: z.uuid(),
	slug: z
		.string()
		.regex(
			/^[a-z0-9]+(-[a-z0-9]+)*$/,
			'Use small letters, digits and single dashes, such as 2026-spring.',
		)
		.max(60, 'Use at most 60 characters.'),
	title: z
		.string()
		.trim()
		.min(3, 'Give it a title of at least 3 characters.')
		.max(120, 'Use at most 120 characters.'),
	leftOut: z.array(z.string().max(120)).max(500).default([]),
	/** Why a group did not see what was made of its words first. */
	groupReason: z.string().trim().max(500, 'Use at most 500 characters.').default(''),
});

export const approvalBody = z.object({
	/** The hash of the body the person has read. */
	hash: z
		.string()
		.regex(/^[0-9a-f]{64}$/)
		.optional(),
	/** The doubts the person accepts, by id. */
	accepted: z.array(z.string().max(40)).max(200).default([]),
});

export const detailQuery = z.object({ language: z.enum(chartLanguages).default('en') });

export interface ReleaseSummary {
	id: string;
	slug: string;
	title: string;
	status: 'draft' | 'frozen';
	windowId: string;
	frozenAt: string | null;
	createdAt: string;
}

/** A release as the team reads it before approving. */
export interface ReleaseDetail extends ReleaseSummary {
	bodyHash: string;
	approvals: {
		personId: string;
		name: string;
		role: string;
		at: string;
		/** False for an approval of what the draft said before it was prepared anew. */
		isOfThisBody: boolean;
		/** Numbers without a figure that the person took upon themselves. */
		accepted: { id: string; where: string; words: string }[];
	}[];
	/** What stands in the way, as things are now; empty once frozen. */
	problems: ReleaseProblem[];
	/** What each approver must accept by name, as things are now; empty once frozen. */
	doubts: ReleaseDoubt[];
	leftOut: string[];
	/** Whether preparing it now would give another body. */
	hasChanged: boolean;
	/** Quotes shown as taken back by whoever said them. */
	takenBackQuotes: number;
	/** Why a group did not see it first; '' when none was given. */
	groupReason: string;
	preview: PublicRelease;
}

/** What a person is offered when they prepare a release. */
export interface ReleaseOptions {
	/** Opened windows, newest first. */
	windows: { id: string; label: string; closedOn: string }[];
}
