import { findExcerpt } from '@throughline/db/queries/coding-queue';
import {
	countDisagreements,
	findNextDisagreement,
	listDisagreements,
} from '@throughline/db/queries/disagreement';
import { Hono } from 'hono';
import {
	compareDecisions,
	settleDisagreement,
	unsettleDisagreement,
} from '../../actions/settle-disagreement.ts';
import type { Deps } from '../../deps.ts';
import { notFound } from '../../errors.ts';
import { authorise } from '../../http/authorise.ts';
import type { AppEnv } from '../../http/context.ts';
import { valid } from '../../http/valid.ts';
import { presentBrief, presentExcerpt } from '../../presenters/present-coding.ts';
import { engagementParam } from '../engagements/schema.ts';
import { pageQuery } from '../people/schema.ts';
import { coderOf } from './routes.ts';
import {
	type DisagreementList,
	type DisagreementView,
	excerptParam,
	settlementBody,
} from './schema.ts';

const PAGE_SIZE = 25;

/** Where coders who have both decided see that they differ, and settle it. */
export function disagreementRoutes(deps: Deps) {
	const { db } = deps;
	const authorised = authorise('excerpt:code');
	return new Hono<AppEnv>()
		.get('/', authorised, valid('param', engagementParam), valid('query', pageQuery), async (c) => {
			const coder = coderOf(c, c.req.valid('param').engagementId);
			const { page } = c.req.valid('query');
			const offset = (page - 1) * PAGE_SIZE;
			const found = await listDisagreements(db, coder, { limit: PAGE_SIZE + 1, offset });
			const list: DisagreementList = {
				disagreements: found.slice(0, PAGE_SIZE).map(presentBrief),
				total: await countDisagreements(db, coder),
				page,
				hasMore: found.length > PAGE_SIZE,
			};
			return c.json(list, 200);
		})
		.get('/:excerptId', authorised, valid('param', excerptParam), async (c) => {
			const { engagementId, excerptId } = c.req.valid('param');
			const key = { ...coderOf(c, engagementId), excerptId };
			const { own, others, settlement } = await compareDecisions(deps, key);
			const excerpt = await findExcerpt(db, key);
			if (!excerpt) {
				throw notFound();
			}
			const view: DisagreementView = {
				excerpt: presentExcerpt(excerpt),
				own,
				others,
				settlement: settlement
					? {
							themeIds: settlement.themeIds,
							note: settlement.note,
							isOwn: settlement.settledBy === key.coderId,
						}
					: null,
				nextId: await findNextDisagreement(db, key),
			};
			return c.json(view, 200);
		})
		.put(
			'/:excerptId/settlement',
			authorised,
			valid('param', excerptParam),
			valid('json', settlementBody),
			async (c) => {
				const { engagementId, excerptId } = c.req.valid('param');
				const key = { ...coderOf(c, engagementId), excerptId };
				await settleDisagreement(deps, key, c.req.valid('json'));
				return c.json({ status: 'settled' as const }, 200);
			},
		)
		.delete('/:excerptId/settlement', authorised, valid('param', excerptParam), async (c) => {
			const { engagementId, excerptId } = c.req.valid('param');
			await unsettleDisagreement(deps, { ...coderOf(c, engagementId), excerptId });
			return c.json({ status: 'unsettled' as const }, 200);
		});
}
