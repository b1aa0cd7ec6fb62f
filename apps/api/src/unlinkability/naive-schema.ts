import { createHash } from 'node:crypto';
import { type Kysely, sql } from 'kysely';
import type { Schema } from '@throughline/db/schema';

/*
 * The control: what looks anonymous. Two tables without a foreign key, random ids, no time, written
 * in one transaction. Every attack of the suite has to find the students in it.
 */

/**
 * Makes the tables: one pair that lists used codes, one that deletes them, one whose rows all take
 * as much room, and one whose rows are made when a student begins, with a number.
 */
export async function createNaiveTables(db: Kysely<Schema>): Promise<void> {
	for (const statement of [
		'create table naive_code (code_hash bytea primary key)',
		'create table naive_response (id uuid primary key, answers jsonb not null)',
		// Its pages keep room: a page that is full is tidied when it is next read, and dead rows go.
		'create table naive_slip (code_hash bytea primary key) with (fillfactor = 50)',
		'create table naive_answer (id uuid primary key, answers jsonb not null)',
		'create table naive_even (id uuid primary key, answers jsonb not null)',
		'create table naive_begun (id bigserial primary key, code_hash bytea, answers jsonb)',
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

/** A student begins: their row is made. */
export async function beginNaively(db: Kysely<Schema>, hash: Buffer): Promise<void> {
	await sql`insert into naive_begun (code_hash) values (${hash})`.execute(db);
}

/** One submission, once in each pair of tables. */
export async function submitNaively(
	db: Kysely<Schema>,
	submission: { hash: Buffer; marker: string; ids: [string, string]; answers: unknown },
): Promise<void> {
	const { hash, marker, ids, answers } = submission;
	const text = JSON.stringify(answers);
	await db.transaction().execute(async (trx) => {
		await sql`insert into naive_code values (${hash})`.execute(trx);
		await sql`insert into naive_response values (${ids[0]}, ${text})`.execute(trx);
	});
	await db.transaction().execute(async (trx) => {
		await sql`delete from naive_slip where code_hash = ${hash}`.execute(trx);
		await sql`insert into naive_answer values (${ids[1]}, ${text})`.execute(trx);
	});
	await db.transaction().execute(async (trx) => {
		await sql`insert into naive_even values (${ids[0]}, ${JSON.stringify({ marker })})`.execute(
			trx,
		);
		await sql`update naive_begun set answers = ${text}, code_hash = null where code_hash = ${hash}`.execute(
			trx,
		);
	});
}

/** The control's codes and markers differ, so that what is found says whose it is. */
export function naiveHash(hash: string): Buffer {
	return createHash('sha256').update(hash).digest();
}

/** A marker of the control. */
export function naiveMarker(marker: string): string {
	return marker.replace('MARK', 'NAIV');
}

/** Answers of the control. */
export function naiveValues(values: Record<string, string>): Record<string, string> {
	return Object.fromEntries(
		Object.entries(values).map(([id, value]) => [id, value.replace('MARK', 'NAIV')]),
	);
}
