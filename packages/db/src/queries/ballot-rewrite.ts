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

/** How many rows one statement copies: of 64 KB each, or on a slow disk, all at once would take too long. */
const SLICE = 1000;

/**
 * Takes the envelopes of opened windows off a shelf and writes all others on it anew, in random order.
 * Other shelves are not touched, and take envelopes meanwhile.
 */
export async function rewriteEnvelopes(trx: Transaction<Schema>, shelf: number): Promise<void> {
	const columns = sql`engagement_id, id, window_id, cohort_id, epoch, body, shelf`;
	await rewrite(trx, sql.id(`envelope_${shelf}`), {
		columns,
		selected: columns,
		where: sql`not ${isOpened}`,
		// The ids are random.
		key: sql`id`,
		keyBytes: sql`uuid_send(id)`,
	});
}

/** Takes the drafts of opened windows away and writes all others anew, in the order of their codes. */
export async function rewriteDrafts(trx: Transaction<Schema>): Promise<void> {
	await rewrite(trx, sql.id('draft'), {
		columns: sql`engagement_id, window_id, code_hash, body`,
		selected: sql`engagement_id, window_id, code_hash, body`,
		where: sql`not ${isOpened}`,
		key: sql`code_hash`,
		keyBytes: sql`code_hash`,
	});
}

/** Writes the codes of all windows anew; those of opened ones forget which submission spent them. */
export async function rewriteAccessCodes(trx: Transaction<Schema>): Promise<void> {
	await rewrite(trx, sql.id('access_code'), {
		columns: sql`engagement_id, window_id, code_hash, cohort_id, state, sid_hash`,
		selected: sql`engagement_id, window_id, code_hash, cohort_id, state,
			case when ${isOpened} then null else sid_hash end as sid_hash`,
		where: sql`true`,
		key: sql`code_hash`,
		keyBytes: sql`code_hash`,
	});
}

const isOpened = sql`exists (
	select from opening o
	where o.engagement_id = t.engagement_id and o.window_id = t.window_id
)`;

/** @param parts.keyBytes a random key of the rows as bytes: they are copied by its first one. */
async function rewrite(
	trx: Transaction<Schema>,
	table: RawBuilder<unknown>,
	parts: Record<'columns' | 'selected' | 'where' | 'key' | 'keyBytes', RawBuilder<unknown>>,
): Promise<void> {
	const { columns, selected, where, key } = parts;
	await sql`set local lock_timeout = ${sql.lit(LOCK_TIMEOUT)}`.execute(trx);
	await sql`lock table ${table} in access exclusive mode`.execute(trx);
	const slices = slicesBy(parts.keyBytes, await countAll(trx, table));
	await sql`
		create temporary table kept on commit drop as select ${selected} from ${table} t where false
	`.execute(trx);
	for (const slice of slices) {
		await sql`
			insert into kept select ${selected} from ${table} t where ${where} and ${slice}
		`.execute(trx);
	}
	await sql`truncate ${table}`.execute(trx);
	for (const slice of slices) {
		await sql`
			insert into ${table} (${columns}) select ${columns} from kept where ${slice} order by ${key}
		`.execute(trx);
	}
}

async function countAll(trx: Transaction<Schema>, table: RawBuilder<unknown>): Promise<number> {
	const { rows } = await sql<{ rows: string }>`select count(*)::text as rows from ${table}`.execute(
		trx,
	);
	return Number(rows[0]?.rows);
}

/** Conditions that each hold for about `SLICE` of the rows, in the order of their keys. */
function slicesBy(keyBytes: RawBuilder<unknown>, rows: number): RawBuilder<unknown>[] {
	const width = Math.max(1, Math.floor(256 / Math.max(1, Math.ceil(rows / SLICE))));
	const starts = Array.from({ length: Math.ceil(256 / width) }, (_, index) => index * width);
	return starts.map(
		(start) =>
			sql`get_byte(${keyBytes}, 0) between ${sql.lit(start)} and ${sql.lit(start + width - 1)}`,
	);
}
