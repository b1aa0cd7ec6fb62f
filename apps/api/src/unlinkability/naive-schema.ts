import { type Kysely, sql } from 'kysely';
import type { Schema } from '@throughline/db/schema';

/*
 * The control: what looks anonymous. Two tables without a foreign key, random ids, no time, written
 * in one transaction. Every attack of the suite has to find the students in it.
 */

/** Makes the tables: one pair that lists used codes, and one that deletes them. */
export async function createNaiveTables(db: Kysely<Schema>): Promise<void> {
	for (const statement of [
		'create table naive_code (code_hash bytea primary key)',
		'create table naive_response (id uuid primary key, answers jsonb not null)',
		// Its pages keep room: a page that is full is tidied when it is next read, and dead rows go.
		'create table naive_slip (code_hash bytea primary key) with (fillfactor = 50)',
		'create table naive_answer (id uuid primary key, answers jsonb not null)',
		// A server might tidy up in between; what a page keeps is the same on both databases so.
		'alter table naive_slip set (autovacuum_enabled = off)',
		'alter table naive_answer set (autovacuum_enabled = off)',
	]) {
		await sql.raw(statement).execute(db);
	}
}

/** The codes that will be deleted, in the order of their hashes, as ours are stored. */
export async function insertNaiveCodes(
	db: Kysely<Schema>,
	hashes: readonly Buffer[],
): Promise<void> {
	for (const hash of hashes.toSorted(Buffer.compare)) {
		await sql`insert into naive_slip values (${hash})`.execute(db);
	}
	await sql`alter table naive_slip set (fillfactor = 100)`.execute(db);
}

/** One submission, once in each pair of tables. */
export async function submitNaively(
	db: Kysely<Schema>,
	submission: { hash: Buffer; ids: [string, string]; answers: unknown },
): Promise<void> {
	const { hash, ids, answers } = submission;
	const text = JSON.stringify(answers);
	await db.transaction().execute(async (trx) => {
		await sql`insert into naive_code values (${hash})`.execute(trx);
		await sql`insert into naive_response values (${ids[0]}, ${text})`.execute(trx);
	});
	await db.transaction().execute(async (trx) => {
		await sql`delete from naive_slip where code_hash = ${hash}`.execute(trx);
		await sql`insert into naive_answer values (${ids[1]}, ${text})`.execute(trx);
	});
}
