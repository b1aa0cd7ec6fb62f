import { type Kysely, sql, type Transaction } from 'kysely';
import type { Schema } from '../schema.ts';
import { listMigrations, listTables, type Table } from './catalog.ts';

/** What a reader of tables is told, in this order; each is waited for. */
export interface TableVisitor {
	/** A table begins. */
	table(table: Table): Promise<void>;
	/** Rows of it, each the JSON array of its columns as PostgreSQL writes them, or null. */
	rows(lines: string[]): Promise<void>;
}

/** A row of answers is 130 KB at most, so a page stays below 30 MB. */
const PAGE = 200;

/**
 * Reads every table as it was at one moment, each in the order of its primary key: where a row lay
 * and when it was written is not in what is read.
 * @param inside is run at the same moment, before the tables are read.
 * @returns the names of the migrations the tables were made by, and what `inside` gave.
 */
export async function readTables<Found>(
	db: Kysely<Schema>,
	visitor: TableVisitor,
	inside: (trx: Transaction<Schema>) => Promise<Found>,
): Promise<{ migrations: string[]; found: Found }> {
	return await db
		.transaction()
		.setIsolationLevel('repeatable read')
		.setAccessMode('read only')
		.execute(async (trx) => {
			await writeAlike(trx);
			const found = await inside(trx);
			const migrations = await listMigrations(trx);
			for (const table of await listTables(trx)) {
				await visitor.table(table);
				await readRows(trx, table, visitor);
			}
			return { migrations, found };
		});
}

/** Values are written alike whatever the server, the database and the user are set to. */
export async function writeAlike(trx: Transaction<Schema>): Promise<void> {
	await sql`
		select set_config('DateStyle', 'ISO', true), set_config('TimeZone', 'UTC', true),
			set_config('IntervalStyle', 'iso_8601', true), set_config('bytea_output', 'hex', true),
			set_config('extra_float_digits', '1', true)
	`.execute(trx);
}

async function readRows(
	trx: Transaction<Schema>,
	table: Table,
	{ rows }: TableVisitor,
): Promise<void> {
	const texts = table.columns.map(({ name }) => sql`${sql.id(name)}::text`);
	const columns = table.columns.map(({ name }) => sql.id(name));
	const order = table.key.length > 0 ? table.key.map((name) => sql.id(name)) : columns;
	await sql`
		declare row_reader no scroll cursor for
		select to_json(array[${sql.join(texts)}])::text as line
		from ${sql.id(table.name)} order by ${sql.join(order)}
	`.execute(trx);
	for (;;) {
		const page = await sql<{ line: string }>`fetch ${sql.lit(PAGE)} from row_reader`.execute(trx);
		if (page.rows.length === 0) {
			break;
		}
		await rows(page.rows.map(({ line }) => line));
	}
	await sql`close row_reader`.execute(trx);
}
