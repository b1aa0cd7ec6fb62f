import { findExcerpt } from '@throughline/db/queries/coding-queue';
import { findQuote, listQuotesForClearance } from '@throughline/db/queries/quote';
import { listSeatsOfExcerpt } from '@throughline/db/queries/span-consent';
import { Hono } from 'hono';
import { clearQuote, unclearQuote, withdrawQuote } from '../../actions/clear-quote.ts';
import { proposeQuote } from '../../actions/propose-quote.ts';
import type { Deps } from '../../deps.ts';
import { notFound } from '../../errors.ts';
import { authorise } from '../../http/authorise.ts';
import type { AppContext, AppEnv } from '../../http/context.ts';
import { sendBytes } from '../../http/send-range.ts';
import { staffOf } from '../../http/staff-of.ts';
import { valid } from '../../http/valid.ts';
import { presentQuote, presentQuoteSource } from '../../presenters/present-quotes.ts';
import { quoteSound } from '../../recordings/quote-sound.ts';
import { excerptParam } from '../coding/schema.ts';
import { engagementParam } from '../engagements/schema.ts';
import { pageQuery } from '../people/schema.ts';
import { clearanceBody, quoteBody, type QuoteList, quoteParam } from './schema.ts';

const PAGE_SIZE = 20;

/** Spans of answers that may be shown in public once two people have cleared them. */
export function quoteRoutes(deps: Deps) {
	const { db } = deps;
	const keyOf = (c: AppContext, key: { engagementId: string; quoteId: string }) => ({
		...key,
		personId: staffOf(c).personId,
	});
	const readQuote = async (c: AppContext, key: { engagementId: string; quoteId: string }) => {
		const quote = await findQuote(db, key);
		if (!quote) {
			throw notFound();
		}
		return presentQuote(quote, staffOf(c).personId);
	};
	return new Hono<AppEnv>()
		.get(
			'/',
			authorise('quote:clear'),
			valid('param', engagementParam),
			valid('query', pageQuery),
			async (c) => {
				const { page } = c.req.valid('query');
				const found = await listQuotesForClearance(db, c.req.valid('param').engagementId, {
					limit: PAGE_SIZE + 1,
					offset: (page - 1) * PAGE_SIZE,
				});
				const { personId } = staffOf(c);
				const list: QuoteList = {
					quotes: found.slice(0, PAGE_SIZE).map((quote) => presentQuote(quote, personId)),
					page,
					hasMore: found.length > PAGE_SIZE,
				};
				return c.json(list, 200);
			},
		)
		.post(
			'/',
			authorise('quote:propose'),
			valid('param', engagementParam),
			valid('json', quoteBody),
			async (c) => {
				const key = { ...c.req.valid('param'), personId: staffOf(c).personId };
				const { id, isNew } = await proposeQuote(deps, key, c.req.valid('json'));
				return c.json({ id }, isNew ? 201 : 200);
			},
		)
		.get(
			'/sources/:excerptId',
			authorise('quote:propose'),
			valid('param', excerptParam),
			async (c) => {
				const key = c.req.valid('param');
				const excerpt = await findExcerpt(db, key);
				if (!excerpt) {
					throw notFound();
				}
				const seats = await listSeatsOfExcerpt(db, key);
				return c.json(presentQuoteSource(excerpt, seats), 200);
			},
		)
		.get('/:quoteId', authorise('quote:clear'), valid('param', quoteParam), async (c) =>
			c.json(await readQuote(c, c.req.valid('param')), 200),
		)
		.get('/:quoteId/audio', authorise('span:listen'), valid('param', quoteParam), async (c) => {
			const sound = await quoteSound(deps, c.req.valid('param'), c.req.raw.signal);
			return sendBytes(c, 'audio/webm', sound);
		})
		.put(
			'/:quoteId/clearance',
			authorise('quote:clear'),
			valid('param', quoteParam),
			valid('json', clearanceBody),
			async (c) => {
				await clearQuote(deps, keyOf(c, c.req.valid('param')), c.req.valid('json'));
				return c.json(await readQuote(c, c.req.valid('param')), 200);
			},
		)
		.delete(
			'/:quoteId/clearance',
			authorise('quote:clear'),
			valid('param', quoteParam),
			async (c) => {
				await unclearQuote(deps, keyOf(c, c.req.valid('param')));
				return c.json(await readQuote(c, c.req.valid('param')), 200);
			},
		)
		.post(
			'/:quoteId/withdrawal',
			authorise('quote:clear'),
			valid('param', quoteParam),
			async (c) => {
				await withdrawQuote(deps, keyOf(c, c.req.valid('param')));
				return c.json(await readQuote(c, c.req.valid('param')), 200);
			},
		);
}
