import { codePointSlice } from '@throughline/analysis/text';
import type { AnswerRow, GroupSegment, listReviews } from '@throughline/db/queries/group-review';
import { direction } from '@throughline/survey-engine';
import type { GroupSegmentView } from '../routes/group/schema.ts';
import type { GroupAnswerView, GroupReviewView } from '../routes/voices/schema.ts';

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
	today: string,
): GroupReviewView {
	const { id, openUntil, closedAt, createdAt } = review;
	return {
		id,
		openUntil,
		isOpen: closedAt === null && today <= openUntil,
		madeOn: createdAt.toISOString().slice(0, 10),
	};
}

export function presentAnswer(row: AnswerRow): GroupAnswerView {
	const { id, kind, text, excerptText, language, handledAt, handledBy } = row;
	return {
		id,
		kind,
		text,
		words: excerptText,
		language,
		direction: direction(language),
		on: row.at.toISOString().slice(0, 10),
		handled: handledAt && { by: handledBy, on: handledAt.toISOString().slice(0, 10) },
	};
}
