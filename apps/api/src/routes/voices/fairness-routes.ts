import { isOnDuty } from '@throughline/db/queries/dialog-session';
import { listHeldSessions, listPromptsOf, listTalk } from '@throughline/db/queries/talk';
import { listSeatChoices } from '@throughline/db/queries/withdrawal';
import { Hono } from 'hono';
import type { Deps } from '../../deps.ts';
import { notFound } from '../../errors.ts';
import { authorise } from '../../http/authorise.ts';
import type { AppEnv } from '../../http/context.ts';
import { staffOf } from '../../http/staff-of.ts';
import { valid } from '../../http/valid.ts';
import { presentFairness, presentTalk } from '../../presenters/present-fairness.ts';
import { engagementParam } from '../engagements/schema.ts';
import { pageQuery } from '../people/schema.ts';
import type { FairnessList } from './fairness-schema.ts';
import { sessionParam } from './schema.ts';

const PAGE_SIZE = 20;
/** Sessions of an engagement are few; one is looked for among these. */
const MOST = 500;

/** How talk was shared: whether everyone was heard, or one voice. */
export function fairnessRoutes({ db }: Pick<Deps, 'db'>) {
	return new Hono<AppEnv>()
		.get(
			'/',
			authorise('dialog:read'),
			valid('param', engagementParam),
			valid('query', pageQuery),
			async (c) => {
				const { engagementId } = c.req.valid('param');
				const { page } = c.req.valid('query');
				const found = await listHeldSessions(db, engagementId, {
					limit: PAGE_SIZE + 1,
					offset: (page - 1) * PAGE_SIZE,
				});
				const sessions: FairnessList['sessions'] = [];
				for (const session of found.slice(0, PAGE_SIZE)) {
					const key = { engagementId, sessionId: session.id };
					const events = await listTalk(db, key);
					sessions.push(presentTalk(session, { events, prompts: await listPromptsOf(db, key) }));
				}
				const list: FairnessList = { sessions, page, hasMore: found.length > PAGE_SIZE };
				return c.json(list, 200);
			},
		)
		.get('/:sessionId', authorise('dialog:read'), valid('param', sessionParam), async (c) => {
			const key = c.req.valid('param');
			const held = await listHeldSessions(db, key.engagementId, { limit: MOST, offset: 0 });
			const session = held.find(({ id }) => id === key.sessionId);
			if (!session) {
				throw notFound();
			}
			const wasThere = await isOnDuty(db, { ...key, personId: staffOf(c).personId });
			const view = presentFairness(session, {
				events: await listTalk(db, key),
				prompts: await listPromptsOf(db, key),
				seats: wasThere ? await listSeatChoices(db, key) : null,
			});
			return c.json(view, 200);
		});
}
