import { createHash } from 'node:crypto';
import {
	closeReviews,
	countAnswers,
	type GroupReview,
	insertAnswer,
	insertReview,
	isSegment,
} from '@throughline/db/queries/group-review';
import { writeAuditEntry } from '@throughline/db/queries/audit-entry';
import type { Deps } from '../deps.ts';
import { AppError, notFound } from '../errors.ts';
import { localDate } from '../presenters/local-time.ts';
import { flagResting, withdrawExcerpt } from './withdraw-seat.ts';

/** More than a group has to say; whoever holds the link cannot fill the table. */
const MOST_ANSWERS = 1000;

/** What is kept of a link's token. It is long and random: no key is needed. */
export function hashToken(token: string): Buffer {
	return createHash('sha256').update(token).digest();
}

/** Whether a group can still answer: through the last day, in the district's time zone. */
export function isOpen(
	review: Pick<GroupReview, 'closedAt' | 'openUntil' | 'timezone'>,
	now: Date,
): boolean {
	return review.closedAt === null && localDate(now, review.timezone) <= review.openUntil;
}

/** Makes a group's link in place of any other of its session. The token is given back once. */
export async function makeGroupLink(
	deps: Pick<Deps, 'db' | 'random' | 'clock'>,
	key: { engagementId: string; sessionId: string },
	{ openUntil, personId }: { openUntil: string; personId: string },
): Promise<{ token: string }> {
	const token = deps.random.bytes(24).toString('base64url');
	const id = deps.random.uuid7();
	await deps.db.transaction().execute(async (trx) => {
		await closeReviews(trx, key, deps.clock());
		await insertReview(trx, key, {
			id,
			tokenHash: hashToken(token),
			openUntil,
			createdBy: personId,
		});
		await writeAuditEntry(trx, {
			engagementId: key.engagementId,
			id: deps.random.uuid7(),
			personId,
			action: 'group_review.made',
			target: key.sessionId,
			detail: { openUntil },
		});
	});
	return { token };
}

/**
 * Takes what a group says of one of its segments. A correction flags what rests on it; a withdrawal
 * takes the segment back, like a withdrawal by slip. The same again changes nothing.
 * @throws AppError 409 `group_review_closed`; 404 for words of elsewhere or taken back already;
 * 409 `too_many_answers`.
 */
export async function answerAsGroup(
	deps: Pick<Deps, 'db' | 'random' | 'clock'>,
	review: GroupReview,
	answer: { excerptId: string; kind: 'approve' | 'correct' | 'withdraw'; text: string },
): Promise<void> {
	if (!isOpen(review, deps.clock())) {
		throw new AppError('group_review_closed', 409, 'The time to answer is over.');
	}
	const { engagementId, sessionId } = review;
	const { excerptId, kind } = answer;
	await deps.db.transaction().execute(async (trx) => {
		if (!(await isSegment(trx, { engagementId, sessionId, excerptId }))) {
			throw notFound();
		}
		if ((await countAnswers(trx, { engagementId, reviewId: review.id })) >= MOST_ANSWERS) {
			throw new AppError(
				'too_many_answers',
				409,
				'This link has brought as many answers as it can. Talk to whoever gave it to you.',
			);
		}
		const text = kind === 'correct' ? answer.text : '';
		const id = deps.random.uuid7();
		await insertAnswer(trx, engagementId, { id, reviewId: review.id, excerptId, kind, text });
		if (kind === 'correct') {
			const excerptIds = [excerptId];
			await flagResting(trx, deps, { engagementId, excerptIds, reason: 'corrected' });
		}
		if (kind === 'withdraw') {
			await withdrawExcerpt(trx, deps, { engagementId, sessionId, excerptId });
		}
	});
}
