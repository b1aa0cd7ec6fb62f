import { listCurrentGrants } from '@throughline/db/queries/engagement-role';
import type { Schema } from '@throughline/db/schema';
import type { Kysely } from 'kysely';
import type { Clock } from '../deps.ts';
import type { Principal } from '../policies/principal.ts';
import { ABSOLUTE_SESSION_SECONDS, type StaffAuth } from './staff-auth.ts';

const IDLE_MS = 30 * 60 * 1000;
const TOUCH_AFTER_MS = 60 * 1000;

/**
 * Who sent this request. A session ends after 30 minutes without a request, or 8 hours after it
 * began; then its row is deleted. Grants are read anew each time, so that a role that was taken
 * away is gone with the next request.
 */
export async function principalOf(
	headers: Headers,
	{ auth, db, clock }: { auth: StaffAuth; db: Kysely<Schema>; clock: Clock },
): Promise<Principal> {
	if (!headers.get('cookie')?.includes('throughline')) {
		return { type: 'public' };
	}
	const found = await auth.api.getSession({ headers });
	if (!found) {
		return { type: 'public' };
	}
	const { session, user } = found;
	const now = clock();
	const idle = now.getTime() - session.updatedAt.getTime();
	const age = now.getTime() - session.createdAt.getTime();
	if (idle > IDLE_MS || age > ABSOLUTE_SESSION_SECONDS * 1000) {
		await db.deleteFrom('auth_session').where('id', '=', session.id).execute();
		return { type: 'public' };
	}
	if (idle > TOUCH_AFTER_MS) {
		await db
			.updateTable('auth_session')
			.set({ updated_at: now })
			.where('id', '=', session.id)
			.execute();
	}
	return {
		type: 'staff',
		personId: user.id,
		email: user.email,
		name: user.name,
		sessionId: session.id,
		grants: await listCurrentGrants(db, user.id, now),
	};
}
