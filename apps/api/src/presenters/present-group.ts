import { codePointSlice } from '@throughline/analysis/text';
import type { AnswerRow, GroupSegment, listReviews } from '@throughline/db/queries/group-review';
import { direction } from '@throughline/survey-engine';
import type { GroupSegmentView } from '../routes/group/schema.ts';
import type { GroupAnswerView, GroupReviewView } from '../routes/voices/schema.ts';
import { localDate } from './local-time.ts';

/** One segment as the group that spoke it reads it. */
export function presentSegment(segment: GroupSegment): GroupSegmentView {
	const { id, text, language, prompt, themes, answer } = segment;
	return {
		id,
		text,
		language,
		direction: direction(language),
		prompt,
		themes,
		quotes: segment.quotes.map(({ startAt, endAt }) => codePointSlice(text, startAt, endAt)),
		answer,
	};
}

/** A group's link as those who gave it see it: never its token. */
export function presentReview(
	review: Awaited<ReturnType<typeof listReviews>>[number],
	{ today, timezone }: { today: string; timezone: string },
): GroupReviewView {
	const { id, openUntil, closedAt, createdAt } = review;
	return {
		id,
		openUntil,
		isOpen: closedAt === null && today <= openUntil,
		madeOn: localDate(createdAt, timezone),
	};
}

export function presentAnswer(row: AnswerRow, timezone: string): GroupAnswerView {
	const { id, kind, text, excerptText, language, handledAt, handledBy } = row;
	return {
		id,
		kind,
		text,
		words: excerptText,
		language,
		direction: direction(language),
		on: localDate(row.at, timezone),
		handled: handledAt && { by: handledBy, on: localDate(handledAt, timezone) },
	};
}
