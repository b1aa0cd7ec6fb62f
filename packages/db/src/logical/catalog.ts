import { sql } from 'kysely';
import type { Database } from '../types.ts';

/** A table as the database itself describes it. */
export interface Table {
	name: string;
	columns: { name: string; type: string }[];
	/** The columns of its primary key, in order. */
	key: string[];
}

/** What the migrations keep for themselves: it is made by them, never copied. */
const OF_MIGRATIONS = ['kysely_migration', 'kysely_migration_lock'];

/** Every table of the product, by name; one that lies in several files is one table. */
export async function listTables(db: Database): Promise<Table[]> {
	const { rows } = await sql<Table>`
		select c.relname as name,
			(
				select json_agg(json_build_object('name', a.attname, 'type', format_type(a.atttypid, a.atttypmod)) order by a.attnum)
				from pg_attribute a
				where a.attrelid = c.oid and a.attnum > 0 and not a.attisdropped and a.attgenerated = ''
			) as columns,
			coalesce((
				select json_agg(a.attname order by k.position)
				from pg_index i
				cross join unnest(i.indkey) with ordinality as k (number, position)
				join pg_attribute a on a.attrelid = i.indrelid and a.attnum = k.number
				where i.indrelid = c.oid and i.indisprimary
			), '[]') as key
		from pg_class c
		where c.relkind in ('r', 'p') and not c.relispartition
			and c.relnamespace = 'public'::regnamespace
			and c.relname <> all (${OF_MIGRATIONS})
		order by c.relname
	`.execute(db);
	return rows;
}

/** The names of the migrations that made these tables, in order; none in an empty database. */
export async function listMigrations(db: Database): Promise<string[]> {
	const { rows } = await sql<{ isThere: boolean }>`
		select to_regclass('public.kysely_migration') is not null as "isThere"
	`.execute(db);
	if (rows[0]?.isThere !== true) {
		return [];
	}
	const applied = await sql<{
		name: string;
	}>`select name from kysely_migration order by name`.execute(db);
	return applied.rows.map(({ name }) => name);
}

/** How many rows each table holds. */
export async function countRows(db: Database): Promise<Record<string, number>> {
	const counts: Record<string, number> = {};
	for (const { name } of await listTables(db)) {
		const { rows } = await sql<{
			n: number;
		}>`select count(*)::int as n from ${sql.id(name)}`.execute(db);
		counts[name] = rows[0]?.n ?? 0;
	}
	return counts;
}
