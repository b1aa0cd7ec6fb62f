import { endSession, endSessionsOf, listSessionsOf } from '@throughline/db/queries/staff-session';
import { Hono } from 'hono';
import type { Deps } from '../../deps.ts';
import { notFound } from '../../errors.ts';
import { authorise } from '../../http/authorise.ts';
import type { AppEnv } from '../../http/context.ts';
import { staffOf } from '../../http/staff-of.ts';
import { valid } from '../../http/valid.ts';
import { IDLE_MS } from '../../sign-in/principal-of.ts';
import { ABSOLUTE_SESSION_SECONDS } from '../../sign-in/staff-auth.ts';
import { type OwnSessionsView, sessionParam } from './schema.ts';

/** The sessions of whoever is signed in, wherever they are signed in. */
export function ownSessionRoutes({ db, clock }: Pick<Deps, 'db' | 'clock'>) {
	return new Hono<AppEnv>()
		.get('/', authorise('self:read'), async (c) => {
			const by = staffOf(c);
			const now = clock().getTime();
			const sessions = await listSessionsOf(db, by.personId, {
				startedAfter: new Date(now - ABSOLUTE_SESSION_SECONDS * 1000),
				seenAfter: new Date(now - IDLE_MS),
			});
			const view: OwnSessionsView = {
				sessions: sessions.map(({ id, startedAt, lastSeenAt }) => ({
					id,
					isThis: id === by.sessionId,
					startedAt: startedAt.toISOString(),
					lastSeenAt: lastSeenAt.toISOString(),
				})),
			};
			return c.json(view, 200);
		})
		.delete('/', authorise('self:manage'), async (c) => {
			return c.json({ ended: await endSessionsOf(db, staffOf(c).personId) }, 200);
		})
		.delete('/:sessionId', authorise('self:manage'), valid('param', sessionParam), async (c) => {
			const session = { id: c.req.valid('param').sessionId, personId: staffOf(c).personId };
			if (!(await endSession(db, session))) {
				throw notFound();
			}
			return c.json({ ended: 1 }, 200);
		});
}
