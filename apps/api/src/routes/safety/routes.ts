import { writeAuditEntry } from '@throughline/db/queries/audit-entry';
import { findEngagement } from '@throughline/db/queries/engagement';
import { listFlagsFor, markFlag } from '@throughline/db/queries/safety-flag';
import { Hono } from 'hono';
import type { Deps } from '../../deps.ts';
import { openFlag } from '../../dialogs/raise-flag.ts';
import { notFound } from '../../errors.ts';
import { authorise } from '../../http/authorise.ts';
import type { AppEnv } from '../../http/context.ts';
import { staffOf } from '../../http/staff-of.ts';
import { valid } from '../../http/valid.ts';
import { engagementParam } from '../engagements/schema.ts';
import { localTime } from '../../presenters/local-time.ts';
import { pageQuery } from '../people/schema.ts';
import { flagParam, type SafetyFlagList } from './schema.ts';

const PAGE_SIZE = 20;

/** Safety flags, each for the one person it was addressed to. */
export function safetyRoutes(deps: Deps) {
	const { db, keys, random, clock } = deps;
	const mark = async (
		key: { engagementId: string; flagId: string; personId: string },
		step: 'seen' | 'closed',
	) => {
		await db.transaction().execute(async (trx) => {
			if (!(await markFlag(trx, key, { step, now: clock() }))) {
				throw notFound();
			}
			await writeAuditEntry(trx, {
				engagementId: key.engagementId,
				id: random.uuid7(),
				personId: key.personId,
				action: `safety_flag.${step}`,
				target: key.flagId,
			});
		});
	};
	return new Hono<AppEnv>()
		.get(
			'/',
			authorise('safety:read'),
			valid('param', engagementParam),
			valid('query', pageQuery),
			async (c) => {
				const { engagementId } = c.req.valid('param');
				const { page } = c.req.valid('query');
				const { personId } = staffOf(c);
				const timezone = (await findEngagement(db, engagementId))?.timezone ?? 'UTC';
				const local = (at: Date | null) => at && localTime(at, timezone);
				const rows = await listFlagsFor(
					db,
					{ engagementId, personId },
					{ limit: PAGE_SIZE + 1, offset: (page - 1) * PAGE_SIZE },
				);
				const list: SafetyFlagList = {
					flags: rows.slice(0, PAGE_SIZE).map((row) => ({
						id: row.id,
						text: openFlag(keys, {
							engagementId,
							id: row.id,
							toPersonId: personId,
							body: row.body,
						}),
						session: row.session,
						site: row.site,
						place: row.place,
						raisedBy: row.raisedBy,
						raisedAt: localTime(row.createdAt, timezone),
						seenAt: local(row.seenAt),
						closedAt: local(row.closedAt),
					})),
					page,
					hasMore: rows.length > PAGE_SIZE,
				};
				return c.json(list, 200);
			},
		)
		.post('/:flagId/seen', authorise('safety:read'), valid('param', flagParam), async (c) => {
			await mark({ ...c.req.valid('param'), personId: staffOf(c).personId }, 'seen');
			return c.json({ status: 'seen' as const }, 200);
		})
		.post('/:flagId/closed', authorise('safety:read'), valid('param', flagParam), async (c) => {
			await mark({ ...c.req.valid('param'), personId: staffOf(c).personId }, 'closed');
			return c.json({ status: 'closed' as const }, 200);
		});
}
