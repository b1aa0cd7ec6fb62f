import { findDialogSession } from '@throughline/db/queries/dialog-session';
import { handleAnswer, listAnswers, listReviews } from '@throughline/db/queries/group-review';
import { listSeatChoices } from '@throughline/db/queries/withdrawal';
import { findEngagement } from '@throughline/db/queries/engagement';
import { Hono } from 'hono';
import type { Deps } from '../../deps.ts';
import { ownSession } from '../../dialogs/own-session.ts';
import { AppError, notFound } from '../../errors.ts';
import { authorise } from '../../http/authorise.ts';
import type { AppContext, AppEnv } from '../../http/context.ts';
import { originOf, staffOf } from '../../http/staff-of.ts';
import { valid } from '../../http/valid.ts';
import { rolesIn } from '../../policies/principal.ts';
import { localDate } from '../../presenters/local-time.ts';
import { presentAnswer, presentReview } from '../../presenters/present-group.ts';
import { qrPath } from '../../presenters/qr.ts';
import { makeGroupLink } from '../../withdrawal/group-answers.ts';
import { withdrawalWords } from '../../withdrawal/choices.ts';
import { withdrawSeat } from '../../withdrawal/withdraw-seat.ts';
import { pageQuery } from '../people/schema.ts';
import {
	answerParam,
	type GroupLink,
	type GroupReviews,
	reviewBody,
	seatParam,
	type SeatChoices,
	sessionParam,
	staffWithdrawalBody,
} from './schema.ts';

const PAGE_SIZE = 50;
/** A link for longer than this is not a time to answer but an open door. */
const MOST_DAYS = 120;

interface SessionKey {
	engagementId: string;
	sessionId: string;
}

/** What a session's group says of its words afterwards, and what is taken back. */
export function voiceRoutes(deps: Deps) {
	const { db } = deps;
	/** Whoever runs the session; an administrator too, who reads no more than what the group sends. */
	const reviewable = async (c: AppContext, key: SessionKey) => {
		const { personId } = staffOf(c);
		const session = rolesIn(c.var.principal, key.engagementId).includes('administrator')
			? await findDialogSession(db, key)
			: await ownSession(deps, { ...key, personId });
		if (!session) {
			throw notFound();
		}
		return { session, personId };
	};
	const localDay = async (engagementId: string) => {
		const timezone = (await findEngagement(db, engagementId))?.timezone ?? 'UTC';
		return { today: localDate(deps.clock(), timezone), timezone };
	};
	return new Hono<AppEnv>()
		.get(
			'/:sessionId/reviews',
			authorise('group_review:manage'),
			valid('param', sessionParam),
			valid('query', pageQuery),
			async (c) => {
				const key = c.req.valid('param');
				await reviewable(c, key);
				const { page } = c.req.valid('query');
				const reviews = await listReviews(db, key);
				const answers = await listAnswers(db, key, {
					limit: PAGE_SIZE + 1,
					offset: (page - 1) * PAGE_SIZE,
				});
				const day = await localDay(key.engagementId);
				const view: GroupReviews = {
					reviews: reviews.map((review) => presentReview(review, day)),
					answers: answers.slice(0, PAGE_SIZE).map((row) => presentAnswer(row, day.timezone)),
					page,
					hasMore: answers.length > PAGE_SIZE,
				};
				return c.json(view, 200);
			},
		)
		.post(
			'/:sessionId/reviews',
			authorise('group_review:manage'),
			valid('param', sessionParam),
			valid('json', reviewBody),
			async (c) => {
				const key = c.req.valid('param');
				const { openUntil } = c.req.valid('json');
				const { session, personId } = await reviewable(c, key);
				if (session.status !== 'held') {
					throw new AppError('dialog_not_held', 409, 'This session has not been held yet.');
				}
				const { today } = await localDay(key.engagementId);
				refuseDay(openUntil, today);
				const { token } = await makeGroupLink(deps, key, { openUntil, personId });
				const address = `${originOf(c, deps.config)}/group/${token}`;
				const link: GroupLink = { address, qr: qrPath(address), openUntil };
				return c.json(link, 201);
			},
		)
		.post(
			'/:sessionId/answers/:answerId/handled',
			authorise('group_review:manage'),
			valid('param', answerParam),
			async (c) => {
				const key = c.req.valid('param');
				const { personId } = await reviewable(c, key);
				if (!(await handleAnswer(db, key, { personId, at: deps.clock() }))) {
					throw notFound();
				}
				return c.json({ status: 'handled' as const }, 200);
			},
		)
		.get('/:sessionId/seats', authorise('dialog:run'), valid('param', sessionParam), async (c) => {
			const key = c.req.valid('param');
			await ownSession(deps, { ...key, personId: staffOf(c).personId });
			const { voice, quotes, everything } = withdrawalWords;
			const view: SeatChoices = {
				seats: await listSeatChoices(db, key),
				words: { voice: voice.en, quotes: quotes.en, everything: everything.en },
			};
			return c.json(view, 200);
		})
		.post(
			'/:sessionId/seats/:seatId/withdrawal',
			authorise('dialog:run'),
			valid('param', seatParam),
			valid('json', staffWithdrawalBody),
			async (c) => {
				const key = c.req.valid('param');
				const { personId } = staffOf(c);
				await ownSession(deps, { ...key, personId });
				const { choice } = c.req.valid('json');
				await withdrawSeat(deps, key, { choice, language: 'en', witnessId: personId });
				return c.json({ status: 'withdrawn' as const }, 200);
			},
		);
}

/** @throws AppError 422 for a day that is over, or too far away. */
function refuseDay(openUntil: string, today: string): void {
	const last = new Date(`${today}T00:00:00Z`);
	last.setUTCDate(last.getUTCDate() + MOST_DAYS);
	const latest = last.toISOString().slice(0, 10);
	if (openUntil < today || openUntil > latest) {
		const why = `Choose a day from today up to ${latest}.`;
		throw new AppError('invalid_input', 422, why, { fields: { openUntil: why } });
	}
}
