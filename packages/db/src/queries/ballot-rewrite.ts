import { type RawBuilder, sql, type Transaction } from 'kysely';
import type { Schema } from '../schema.ts';

/*
 * A deleted row stays in its file, with the number of the transaction that wrote it, until something
 * else needs the place; VACUUM FULL and CLUSTER copy those numbers along. Only rows that are inserted
 * anew, into a new file, tell nothing of when they were first written. Each table is written anew
 * in a transaction of its own, so that no number is shared and no two tables are locked at once.
 */

/** Whoever holds the table longer than this (a backup) is let finish; the job comes again. */
const LOCK_TIMEOUT = '5s';

/** Takes the envelopes of opened windows away and writes all others anew, in random order. */
export async function rewriteEnvelopes(trx: Transaction<Schema>): Promise<void> {
	await rewrite(trx, 'envelope', {
		columns: sql`engagement_id, id, window_id, cohort_id, epoch, body`,
		selected: sql`engagement_id, id, window_id, cohort_id, epoch, body`,
		where: sql`not ${isOpened}`,
		// The ids are random.
		order: sql`id`,
	});
}

/** Takes the drafts of opened windows away and writes all others anew, in the order of their codes. */
export async function rewriteDrafts(trx: Transaction<Schema>): Promise<void> {
	await rewrite(trx, 'draft', {
		columns: sql`engagement_id, window_id, code_hash, body`,
		selected: sql`engagement_id, window_id, code_hash, body`,
		where: sql`not ${isOpened}`,
		order: sql`code_hash`,
	});
}

/** Writes the codes of all windows anew; those of opened ones forget which submission spent them. */
export async function rewriteAccessCodes(trx: Transaction<Schema>): Promise<void> {
	await rewrite(trx, 'access_code', {
		columns: sql`engagement_id, window_id, code_hash, cohort_id, state, sid_hash`,
		selected: sql`engagement_id, window_id, code_hash, cohort_id, state,
			case when ${isOpened} then null else sid_hash end as sid_hash`,
		where: sql`true`,
		order: sql`code_hash`,
	});
}

const isOpened = sql`exists (
	select from opening o
	where o.engagement_id = t.engagement_id and o.window_id = t.window_id
)`;

async function rewrite(
	trx: Transaction<Schema>,
	name: 'envelope' | 'draft' | 'access_code',
	parts: Record<'columns' | 'selected' | 'where' | 'order', RawBuilder<unknown>>,
): Promise<void> {
	const table = sql.id(name);
	await sql`set local lock_timeout = ${sql.lit(LOCK_TIMEOUT)}`.execute(trx);
	await sql`lock table ${table} in access exclusive mode`.execute(trx);
	await sql`
		create temporary table kept on commit drop as
		select ${parts.selected} from ${table} t where ${parts.where}
	`.execute(trx);
	await sql`truncate ${table}`.execute(trx);
	await sql`
		insert into ${table} (${parts.columns}) select ${parts.columns} from kept order by ${parts.order}
	`.execute(trx);
}
