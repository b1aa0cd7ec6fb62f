import { type GrantRow, listCurrentGrants } from '@throughline/db/queries/engagement-role';
import type { Schema } from '@throughline/db/schema';
import type { Kysely } from 'kysely';
import type { Config } from '../config.ts';
import type { Clock } from '../deps.ts';
import type { Assurance, Grant, Principal } from '../policies/principal.ts';
import { isForThisMachine } from './from-this-machine.ts';
import { ABSOLUTE_SESSION_SECONDS, type StaffAuth } from './staff-auth.ts';

export const IDLE_MS = 30 * 60 * 1000;
/** A confirmation that it is the person themselves holds so long. */
const FRESH_MS = 5 * 60 * 1000;
const TOUCH_AFTER_MS = 60 * 1000;
/** So far may a clock be put back while somebody works; further, and nobody knows how old a session is. */
const CLOCK_PUT_BACK_MS = 60 * 1000;

interface Needs {
	auth: StaffAuth;
	db: Kysely<Schema>;
	clock: Clock;
	config: Pick<Config, 'PUBLIC_URL' | 'SECOND_FACTOR_IN_SAMPLE'>;
}

/**
 * Who sent this request. A session ends after 30 minutes without a request, 8 hours after it began,
 * or when the clock was put back behind it; then its row is deleted. Session, second factor and
 * grants are read anew each time, so that what was ended or taken away is gone with the next request.
 */
export async function principalOf(headers: Headers, needs: Needs): Promise<Principal> {
	const { auth, db, clock, config } = needs;
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
	if (!isWithin(idle, IDLE_MS) || !isWithin(age, ABSOLUTE_SESSION_SECONDS * 1000)) {
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
	const assurance = await readAssurance(db, { id: session.id, age, now });
	if (!assurance) {
		return { type: 'public' };
	}
	const grants = await listCurrentGrants(db, user.id, now);
	return {
		type: 'staff',
		personId: user.id,
		email: user.email,
		name: user.name,
		sessionId: session.id,
		grants: grants.map((row) => grantOf(row, config)),
		assurance,
	};
}

/** Is what happened so long ago no longer ago than `most`, and not in the future? */
function isWithin(agoMs: number, most: number): boolean {
	return agoMs >= -CLOCK_PUT_BACK_MS && agoMs <= most;
}

function grantOf({ isSynthetic, ...grant }: GrantRow, config: Needs['config']): Grant {
	const isTried = config.SECOND_FACTOR_IN_SAMPLE === '0' && isForThisMachine(config);
	return { ...grant, isTrial: isSynthetic && isTried };
}

/** Null when the session has ended since it was found. */
async function readAssurance(
	db: Kysely<Schema>,
	session: { id: string; age: number; now: Date },
): Promise<Assurance | null> {
	const row = await db
		.selectFrom('auth_session as s')
		.leftJoin('second_factor as f', (join) =>
			join.onRef('f.person_id', '=', 's.person_id').on('f.secret', 'is not', null),
		)
		.select(['s.second_factor_at as provedAt', 'f.person_id as enrolled'])
		.where('s.id', '=', session.id)
		.executeTakeFirst();
	if (!row) {
		return null;
	}
	if (row.enrolled === null) {
		return { secondFactor: 'none', isFresh: isWithin(session.age, FRESH_MS) };
	}
	if (row.provedAt === null) {
		return { secondFactor: 'due', isFresh: false };
	}
	const isFresh = isWithin(session.now.getTime() - row.provedAt.getTime(), FRESH_MS);
	return { secondFactor: 'proved', isFresh };
}
