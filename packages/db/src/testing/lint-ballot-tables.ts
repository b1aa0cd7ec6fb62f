import { sql, type Kysely } from 'kysely';
import type { Schema } from '../schema.ts';

/** What a student's answers pass through. Nothing in them may say when, in which order, or who. */
export const BALLOT_TABLES = ['access_code', 'draft', 'envelope', 'response'];
/** A column of these types can hold neither a time nor an order. */
const SILENT_TYPES = ['uuid', 'bytea', 'smallint', 'jsonb'];
/** What two tables may be joined by: places that many students share. */
const SHARED_COLUMNS = ['engagement_id', 'window_id', 'cohort_id', 'epoch'];

export interface Column {
	table: string;
	name: string;
	type: string;
	/** The default, identity or generation expression; null when the application writes the value. */
	filledBy: string | null;
}

/** Every column of the database. */
export async function listColumns(db: Kysely<Schema>): Promise<Column[]> {
	const { rows } = await sql<Column>`
		select table_name as "table", column_name as name, data_type as type,
			coalesce(column_default, identity_generation, generation_expression) as "filledBy"
		from information_schema.columns
		where table_schema = 'public'
		order by table_name, ordinal_position
	`.execute(db);
	return rows;
}

/** What is wrong with the columns of the ballot tables, in words; nothing when all is well. */
export function lintBallotTables(columns: readonly Column[]): string[] {
	const problems = columns
		.filter(({ table }) => BALLOT_TABLES.includes(table))
		.flatMap(({ table, name, type, filledBy }) => [
			...(SILENT_TYPES.includes(type) ? [] : [`${table}.${name} is a ${type}`]),
			...(filledBy === null ? [] : [`${table}.${name} is filled by ${filledBy}`]),
		]);
	const ofTable = (table: string) =>
		columns.filter((column) => column.table === table).map(({ name }) => name);
	const answers = [...ofTable('envelope'), ...ofTable('response')];
	const links = ofTable('access_code').filter(
		(name) => answers.includes(name) && !SHARED_COLUMNS.includes(name),
	);
	return [...problems, ...links.map((name) => `codes and answers share the column ${name}`)];
}
