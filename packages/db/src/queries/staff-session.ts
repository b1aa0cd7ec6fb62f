import type { Database } from '../types.ts';

export interface StaffSession {
	id: string;
	startedAt: Date;
	/** To the minute: it is not written with every request. */
	lastSeenAt: Date;
	secondFactorAt: Date | null;
}

const MAX_SESSIONS = 100;

/** A person's sessions that were begun or seen since the two limits, newest first. */
export async function listSessionsOf(
	db: Database,
	personId: string,
	since: { startedAfter: Date; seenAfter: Date },
): Promise<StaffSession[]> {
	return await db
		.selectFrom('auth_session')
		.select(['id', 'created_at as startedAt', 'updated_at as lastSeenAt'])
		.select('second_factor_at as secondFactorAt')
		.where('person_id', '=', personId)
		.where('created_at', '>', since.startedAfter)
		.where('updated_at', '>', since.seenAfter)
		.orderBy('updated_at', 'desc')
		.orderBy('id')
		.limit(MAX_SESSIONS)
		.execute();
}

/** Ends one session of a person; false when there is none. */
export async function endSession(
	db: Database,
	session: { id: string; personId: string },
): Promise<boolean> {
	const ended = await db
		.deleteFrom('auth_session')
		.where('id', '=', session.id)
		.where('person_id', '=', session.personId)
		.returning('id')
		.executeTakeFirst();
	return ended !== undefined;
}

/** Ends every session of a person, or every other than one, and says how many there were. */
export async function endSessionsOf(
	db: Database,
	personId: string,
	options: { except?: string } = {},
): Promise<number> {
	const ended = await db
		.deleteFrom('auth_session')
		.where('person_id', '=', personId)
		.$if(options.except !== undefined, (query) => query.where('id', '!=', options.except ?? ''))
		.returning('id')
		.execute();
	return ended.length;
}

/** Notes that a second factor was proved in a session, and gives it a new token where one is named. */
export async function noteSecondFactor(
	db: Database,
	session: { id: string; at: Date; token?: string },
): Promise<void> {
	await db
		.updateTable('auth_session')
		.set({
			second_factor_at: session.at,
			...(session.token !== undefined && { token: session.token }),
		})
		.where('id', '=', session.id)
		.execute();
}

/**
 * Ends every session of everybody, and takes every sign-in link away that was not used: for a database
 * that came from a backup, which does not know what was ended or used since.
 */
export async function endEverySession(db: Database): Promise<void> {
	await db.deleteFrom('auth_session').execute();
	await db.deleteFrom('auth_verification').execute();
}
