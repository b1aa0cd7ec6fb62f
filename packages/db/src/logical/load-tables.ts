import { type Kysely, sql, type Transaction } from 'kysely';
import { migrate, migrateTo } from '../migrate.ts';
import { DatabaseOpenError } from '../open-error.ts';
import type { Schema } from '../schema.ts';
import { listMigrations, listTables, type Table } from './catalog.ts';
import { writeAlike } from './read-tables.ts';

/** Puts rows where they belong: called table by table. */
export type LoadRows = (
	table: { name: string; columns: readonly string[] },
	lines: readonly string[],
) => Promise<void>;

/** Holds a row wherever a server ran over night, and nothing that anybody could miss. */
const OF_THE_SERVER = 'night_job';

interface ForeignKey {
	table: string;
	name: string;
	definition: string;
}

/**
 * Fills a database from rows read elsewhere, in one transaction: it holds all of them afterwards, or
 * is as it was. The tables are made by the migrations the rows come from, filled, checked against
 * every rule, and brought up to date.
 * @param options.migrations as `readTables` gave them.
 * @param options.isReplaced whether what the database holds may go.
 * @param options.load is given the function that takes rows, and returns when all were handed over.
 * @param options.afterwards is run in the same transaction when the tables are up to date.
 * @throws DatabaseOpenError `database_not_empty`, or what the database says of a row that breaks a rule.
 */
export async function loadTables(
	db: Kysely<Schema>,
	options: {
		migrations: readonly string[];
		isReplaced: boolean;
		load: (rows: LoadRows) => Promise<void>;
		afterwards?: (trx: Transaction<Schema>) => Promise<void>;
	},
): Promise<void> {
	const last = options.migrations.at(-1);
	if (last === undefined) {
		throw new DatabaseOpenError('backup_unreadable', 'The backup names no migrations.');
	}
	await db.transaction().execute(async (trx) => {
		await sql`select set_config('statement_timeout', '0', true)`.execute(trx);
		await makeEmpty(trx, { isReplaced: options.isReplaced });
		await migrateTo<Schema>(trx, last);
		await checkMigrations(trx, options.migrations);
		await writeAlike(trx);
		await fill(trx, options.load);
		await migrate<Schema>(trx);
		await options.afterwards?.(trx);
	});
}

async function fill(
	trx: Transaction<Schema>,
	load: (rows: LoadRows) => Promise<void>,
): Promise<void> {
	const tables = new Map((await listTables(trx)).map((table) => [table.name, table]));
	// Tables that name each other have no order to be filled in. Each rule is checked when it returns.
	const keys = await listForeignKeys(trx);
	for (const { table, name } of keys) {
		await sql`alter table ${sql.id(table)} drop constraint ${sql.id(name)}`.execute(trx);
	}
	for (const name of tables.keys()) {
		await sql`alter table ${sql.id(name)} disable trigger user`.execute(trx);
		await sql`truncate ${sql.id(name)}`.execute(trx);
	}
	await load(({ name, columns }, lines) => {
		const table = tables.get(name);
		if (table === undefined) {
			throw new DatabaseOpenError(
				'backup_unreadable',
				`The backup has a table ${name}, which no migration of it makes.`,
			);
		}
		return insertRows(trx, { table, columns, lines });
	});
	for (const { table, name, definition } of keys) {
		await sql`
			alter table ${sql.id(table)} add constraint ${sql.id(name)} ${sql.raw(definition)}
		`.execute(trx);
	}
	for (const name of tables.keys()) {
		await sql`alter table ${sql.id(name)} enable trigger user`.execute(trx);
	}
}

async function insertRows(
	trx: Transaction<Schema>,
	{ table, columns, lines }: { table: Table; columns: readonly string[]; lines: readonly string[] },
): Promise<void> {
	const values = columns.map((name, index) => {
		const type = table.columns.find((column) => column.name === name)?.type;
		if (type === undefined) {
			throw new DatabaseOpenError(
				'backup_unreadable',
				`The backup has a column ${name} in ${table.name}, which no migration of it makes.`,
			);
		}
		return sql`(line ->> ${sql.lit(index)})::${sql.raw(type)}`;
	});
	await sql`
		insert into ${sql.id(table.name)} (${sql.join(columns.map((name) => sql.id(name)))})
		select ${sql.join(values)}
		from json_array_elements(${`[${lines.join(',')}]`}::json) with ordinality as rows (line, number)
		order by number
	`.execute(trx);
}

/** Takes every table and function away; refuses where rows would go that nobody said may go. */
async function makeEmpty(
	trx: Transaction<Schema>,
	{ isReplaced }: { isReplaced: boolean },
): Promise<void> {
	const tables = await listTables(trx);
	if (!isReplaced) {
		for (const { name } of tables.filter((table) => table.name !== OF_THE_SERVER)) {
			const { rows } = await sql`select 1 from ${sql.id(name)} limit 1`.execute(trx);
			if (rows.length > 0) {
				throw new DatabaseOpenError(
					'database_not_empty',
					`The database holds data already (in ${name}, for one). Nothing was changed. Restore into an empty one, or say that what is there may go.`,
				);
			}
		}
	}
	const names = [...tables.map(({ name }) => name), 'kysely_migration', 'kysely_migration_lock'];
	await sql`drop table if exists ${sql.join(names.map((name) => sql.id(name)))} cascade`.execute(
		trx,
	);
	const functions = await sql<{ signature: string }>`
		select p.oid::regprocedure::text as signature from pg_proc p
		where p.pronamespace = 'public'::regnamespace
			and not exists (select from pg_depend d where d.objid = p.oid and d.deptype = 'e')
		order by 1
	`.execute(trx);
	for (const { signature } of functions.rows) {
		await sql`drop function if exists ${sql.raw(signature)} cascade`.execute(trx);
	}
}

async function checkMigrations(
	trx: Transaction<Schema>,
	expected: readonly string[],
): Promise<void> {
	const made = await listMigrations(trx);
	if (made.join() !== expected.join()) {
		const other = [...expected.filter((name) => !made.includes(name)), ...made].find(
			(name) => !expected.includes(name) || !made.includes(name),
		);
		throw new DatabaseOpenError(
			'backup_unreadable',
			`The backup comes from another line of releases (${other ?? 'their order differs'}). Restore it with the release that made it, or a newer one.`,
		);
	}
}

async function listForeignKeys(trx: Transaction<Schema>): Promise<ForeignKey[]> {
	const { rows } = await sql<ForeignKey>`
		select c.relname as table, k.conname as name, pg_get_constraintdef(k.oid) as definition
		from pg_constraint k
		join pg_class c on c.oid = k.conrelid
		where k.contype = 'f' and not c.relispartition and c.relnamespace = 'public'::regnamespace
		order by c.relname, k.conname
	`.execute(trx);
	return rows;
}
