import { findReviewByToken, listSegments } from '@throughline/db/queries/group-review';
import { Hono } from 'hono';
import type { Deps } from '../../deps.ts';
import { notFound } from '../../errors.ts';
import { authorise } from '../../http/authorise.ts';
import type { AppContext, AppEnv } from '../../http/context.ts';
import { valid } from '../../http/valid.ts';
import { localDate } from '../../presenters/local-time.ts';
import { presentSegment } from '../../presenters/present-group.ts';
import { answerAsGroup, hashToken, isOpen } from '../../withdrawal/group-answers.ts';
import { answerBody, type GroupPage, groupQuery } from './schema.ts';

const PAGE_SIZE = 50;

/**
 * Where a group reads what was made of its words and says what it thinks of it. The token of its
 * link travels in the `X-Group-Token` header.
 */
export function groupRoutes(deps: Deps) {
	const reviewOf = async (c: AppContext) => {
		const review = await findReviewByToken(deps.db, hashToken(c.req.header('x-group-token') ?? ''));
		if (!review) {
			throw notFound();
		}
		return review;
	};
	return new Hono<AppEnv>()
		.get('/', authorise('group_review:answer'), valid('query', groupQuery), async (c) => {
			const review = await reviewOf(c);
			const { page } = c.req.valid('query');
			const isReadable = isOpen(review, deps.clock());
			const found = isReadable
				? await listSegments(deps.db, review, {
						limit: PAGE_SIZE + 1,
						offset: (page - 1) * PAGE_SIZE,
					})
				: [];
			const view: GroupPage = {
				status: isReadable ? 'open' : 'closed',
				isSynthetic: review.isSynthetic,
				heldOn: localDate(review.startsAt, review.timezone),
				openUntil: review.openUntil,
				segments: found.slice(0, PAGE_SIZE).map(presentSegment),
				page,
				hasMore: found.length > PAGE_SIZE,
			};
			return c.json(view, 200);
		})
		.post('/answers', authorise('group_review:answer'), valid('json', answerBody), async (c) => {
			await answerAsGroup(deps, await reviewOf(c), c.req.valid('json'));
			return c.json({ status: 'stored' as const }, 200);
		});
}
