import { writeAuditEntry } from '@throughline/db/queries/audit-entry';
import {
	countOpenFlags,
	listFlags,
	listOpenFlagsOf,
	resolveFlag,
} from '@throughline/db/queries/review-flag';
import { Hono } from 'hono';
import type { Deps } from '../../deps.ts';
import { notFound } from '../../errors.ts';
import { authorise } from '../../http/authorise.ts';
import type { AppEnv } from '../../http/context.ts';
import { staffOf } from '../../http/staff-of.ts';
import { valid } from '../../http/valid.ts';
import { presentFlag } from '../../presenters/present-flags.ts';
import { engagementParam } from '../engagements/schema.ts';
import { pageQuery } from '../people/schema.ts';
import { type FlagList, flagParam, type OpenFlags, openQuery, resolutionBody } from './schema.ts';

const PAGE_SIZE = 25;

/** What has to be looked at again because words it rests on were taken back or corrected. */
export function flagRoutes(deps: Deps) {
	const { db } = deps;
	return new Hono<AppEnv>()
		.get(
			'/',
			authorise('flag:read'),
			valid('param', engagementParam),
			valid('query', pageQuery),
			async (c) => {
				const { engagementId } = c.req.valid('param');
				const { page } = c.req.valid('query');
				const found = await listFlags(db, engagementId, {
					limit: PAGE_SIZE + 1,
					offset: (page - 1) * PAGE_SIZE,
				});
				const list: FlagList = {
					flags: found.slice(0, PAGE_SIZE).map(presentFlag),
					open: await countOpenFlags(db, engagementId),
					page,
					hasMore: found.length > PAGE_SIZE,
				};
				return c.json(list, 200);
			},
		)
		.get(
			'/open',
			authorise('flag:read'),
			valid('param', engagementParam),
			valid('query', openQuery),
			async (c) => {
				const { engagementId } = c.req.valid('param');
				const { type, id } = c.req.valid('query');
				const own =
					type && id
						? await listOpenFlagsOf(db, { engagementId, targetType: type, targetIds: [id] })
						: null;
				const view: OpenFlags = {
					open: own ? own.length : await countOpenFlags(db, engagementId),
				};
				return c.json(view, 200);
			},
		)
		.post(
			'/:flagId/resolution',
			authorise('flag:resolve'),
			valid('param', flagParam),
			valid('json', resolutionBody),
			async (c) => {
				const { engagementId, flagId } = c.req.valid('param');
				const { personId } = staffOf(c);
				await db.transaction().execute(async (trx) => {
					const resolved = { personId, at: deps.clock(), ...c.req.valid('json') };
					if (!(await resolveFlag(trx, { engagementId, flagId }, resolved))) {
						throw notFound();
					}
					const id = deps.random.uuid7();
					const action = 'flag.resolved';
					await writeAuditEntry(trx, { engagementId, id, personId, action, target: flagId });
				});
				return c.json({ status: 'resolved' as const }, 200);
			},
		);
}
