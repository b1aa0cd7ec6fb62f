import { listOwnDialogs } from '@throughline/db/queries/dialog-room';
import { Hono } from 'hono';
import type { Deps } from '../../deps.ts';
import { deviceOf } from '../../dialogs/device-of.ts';
import { tellSafeAdults } from '../../dialogs/tell-safe-adults.ts';
import { ownSession } from '../../dialogs/own-session.ts';
import { readKit } from '../../dialogs/read-kit.ts';
import { syncRoom } from '../../dialogs/sync-room.ts';
import { authorise } from '../../http/authorise.ts';
import type { AppEnv } from '../../http/context.ts';
import { originOf, staffOf } from '../../http/staff-of.ts';
import { valid } from '../../http/valid.ts';
import { engagementParam } from '../engagements/schema.ts';
import { type RoomList, roomParam, syncBody } from './schema.ts';

const MAX_SESSIONS = 200;

/** What a facilitator's tablet takes along, and what it brings back. */
export function dialogRoomRoutes(deps: Deps) {
	return new Hono<AppEnv>()
		.get('/:sessionId/kit', authorise('dialog:run'), valid('param', roomParam), async (c) => {
			const param = c.req.valid('param');
			const session = await ownSession(deps, { ...param, personId: staffOf(c).personId });
			await deviceOf(deps, c, param.engagementId);
			return c.json(await readKit(deps, session), 200);
		})
		.post(
			'/:sessionId/sync',
			authorise('dialog:run'),
			valid('param', roomParam),
			valid('json', syncBody),
			async (c) => {
				const param = c.req.valid('param');
				const { personId } = staffOf(c);
				await ownSession(deps, { ...param, personId });
				const device = await deviceOf(deps, c, param.engagementId);
				const bringer = { ...param, personId, deviceId: device.id, now: deps.clock() };
				const { operations } = c.req.valid('json');
				const { view, flagsFor } = await syncRoom(deps, bringer, operations);
				await tellSafeAdults(deps, flagsFor, originOf(c, deps.config));
				return c.json(view, 200);
			},
		);
}

/** The sessions of the person who asks. */
export function ownDialogRoutes({ db }: Pick<Deps, 'db'>) {
	return new Hono<AppEnv>().get(
		'/',
		authorise('dialog:run'),
		valid('param', engagementParam),
		async (c) => {
			const key = { ...c.req.valid('param'), personId: staffOf(c).personId };
			const sessions = await listOwnDialogs(db, key, MAX_SESSIONS);
			const list: RoomList = {
				sessions: sessions.map((session) => ({
					...session,
					startsAt: session.startsAt.toISOString(),
				})),
			};
			return c.json(list, 200);
		},
	);
}
