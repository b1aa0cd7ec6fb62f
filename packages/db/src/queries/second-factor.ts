import { sql } from 'kysely';
import type { Database } from '../types.ts';

export interface SecondFactor {
	/** Sealed; null until a first code was proved. */
	secret: Buffer | null;
	/** Sealed; waits for its first code. */
	newSecret: Buffer | null;
	/** The session the new secret was made in. */
	newInSession: string | null;
	lastStep: number;
	failures: number;
	failedAt: Date | null;
}

const COLUMNS = [
	'secret',
	'new_secret as newSecret',
	'new_in_session as newInSession',
	'last_step as lastStep',
	'failures',
	'failed_at as failedAt',
] as const;

/** A person's second factor, or undefined when none was ever begun. */
export async function findSecondFactor(
	db: Database,
	personId: string,
): Promise<SecondFactor | undefined> {
	return await db
		.selectFrom('second_factor')
		.select(COLUMNS)
		.where('person_id', '=', personId)
		.executeTakeFirst();
}

/** The same, held until the transaction ends: codes of one person are judged one after the other. */
export async function lockSecondFactor(
	trx: Database,
	personId: string,
): Promise<SecondFactor | undefined> {
	return await trx
		.selectFrom('second_factor')
		.select(COLUMNS)
		.where('person_id', '=', personId)
		.forUpdate()
		.executeTakeFirst();
}

/** Keeps a sealed secret that waits for its first code; an earlier one that waited is forgotten. */
export async function beginSecondFactor(
	db: Database,
	begun: { personId: string; newSecret: Buffer; sessionId: string },
): Promise<void> {
	// A session that has ended meanwhile is none: the secret is then nobody's to confirm.
	const session = sql<string | null>`(select id from auth_session where id = ${begun.sessionId})`;
	const fresh = { new_secret: begun.newSecret, new_in_session: session };
	await db
		.insertInto('second_factor')
		.values({ person_id: begun.personId, ...fresh })
		.onConflict((conflict) => conflict.column('person_id').doUpdateSet(fresh))
		.execute();
}

/** The new secret takes the place of the old one. */
export async function adoptSecondFactor(
	trx: Database,
	personId: string,
	lastStep: number,
): Promise<void> {
	await trx
		.updateTable('second_factor')
		.set({ secret: sql`new_secret`, new_secret: null, new_in_session: null })
		.set({ last_step: lastStep })
		.set({ failures: 0, failed_at: null })
		.where('person_id', '=', personId)
		.execute();
}

/** Notes that a right code was given; `lastStep` null leaves the newest step as it is. */
export async function noteRightCode(
	trx: Database,
	personId: string,
	lastStep: number | null,
): Promise<void> {
	await trx
		.updateTable('second_factor')
		.set({ failures: 0, failed_at: null, ...(lastStep !== null && { last_step: lastStep }) })
		.where('person_id', '=', personId)
		.execute();
}

/** Notes that a wrong code was given. */
export async function noteWrongCode(trx: Database, personId: string, at: Date): Promise<void> {
	await trx
		.updateTable('second_factor')
		.set((set) => ({ failures: set('failures', '+', 1), failed_at: at }))
		.where('person_id', '=', personId)
		.execute();
}

/** Removes a person's second factor; false when there was none. */
export async function removeSecondFactor(db: Database, personId: string): Promise<boolean> {
	const removed = await db
		.deleteFrom('second_factor')
		.where('person_id', '=', personId)
		.returning('person_id')
		.executeTakeFirst();
	return removed !== undefined;
}

/** Puts new recovery codes in place of all earlier ones. */
export async function replaceRecoveryCodes(
	trx: Database,
	personId: string,
	hashes: Buffer[],
): Promise<void> {
	await trx.deleteFrom('recovery_code').where('person_id', '=', personId).execute();
	await trx
		.insertInto('recovery_code')
		.values(hashes.map((hash) => ({ person_id: personId, hash })))
		.execute();
}

/** Uses a recovery code up; false when it is none, or was used before. */
export async function useRecoveryCode(
	trx: Database,
	code: { personId: string; hash: Buffer; at: Date },
): Promise<boolean> {
	const used = await trx
		.updateTable('recovery_code')
		.set({ used_at: code.at })
		.where('person_id', '=', code.personId)
		.where('hash', '=', code.hash)
		.where('used_at', 'is', null)
		.returning('person_id')
		.executeTakeFirst();
	return used !== undefined;
}

/** How many recovery codes a person has left. */
export async function countRecoveryCodes(db: Database, personId: string): Promise<number> {
	const row = await db
		.selectFrom('recovery_code')
		.select((select) => select.fn.countAll<number>().as('n'))
		.where('person_id', '=', personId)
		.where('used_at', 'is', null)
		.executeTakeFirstOrThrow();
	return Number(row.n);
}
