import { z } from 'zod';

export const groupQuery = z.object({ page: z.coerce.number().int().min(1).max(1000).default(1) });

export const answerBody = z
	.object({
		excerptId: z.uuid(),
		kind: z.enum(['approve', 'correct', 'withdraw']),
		text: z
			.string()
			.trim()
			.max(600, { error: 'A correction has up to 600 characters.' })
			.default(''),
	})
	.refine(({ kind, text }) => kind !== 'correct' || text !== '', {
		path: ['text'],
		error: 'Write what it should say.',
	});

/** What a group reads at its link: its own words, and what was made of them. */
export interface GroupPage {
	status: 'open' | 'closed';
	isSynthetic: boolean;
	/** The day of the session, and the last day to answer, in the district's time zone. */
	heldOn: string;
	openUntil: string;
	segments: GroupSegmentView[];
	page: number;
	hasMore: boolean;
}

export interface GroupSegmentView {
	id: string;
	text: string;
	language: string;
	direction: 'ltr' | 'rtl';
	prompt: string | null;
	themes: string[];
	/** Words of it that may be quoted. */
	quotes: string[];
	answer: { kind: 'approve' | 'correct' | 'withdraw'; text: string } | null;
}
