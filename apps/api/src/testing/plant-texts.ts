// Writes the given texts into every column of words in a data folder, for the walk that looks
// whether a page runs one: plant-texts.ts DATA_DIR '["<img …>", …]'. Prints how many columns.
import { openDatabase } from '@throughline/db';
import { sql } from 'kysely';

/** Columns of words people write or read; ids, keys, codes, hashes and kinds are none. */
const WORDS =
	/(^|_)(title|name|label|text|body|words|note|notes|reason|description|definition|summary|statement|sentence|place|purpose|comment|heading|message|question|answer|topic|why|role_title|response|rationale|decision|progress|example|examples|file_name|source_name)$/;
/** Sealed by their hash, or read by machines. */
const LEAVE_ALONE = /^(kysely_|auth_|release$|access_code|draft|envelope|response$)/;

const [, , dataDir = '', given = '[]'] = process.argv;
// The journey's own list.
const texts = JSON.parse(given) as string[];
const handle = await openDatabase({ dataDir }, { purpose: 'tests' });
const { rows: columns } = await sql<{ table: string; column: string }>`
	select c.table_name as table, c.column_name as column
	from information_schema.columns c
	join information_schema.tables t using (table_schema, table_name)
	where c.table_schema = 'public' and t.table_type = 'BASE TABLE' and c.data_type = 'text'
	order by 1, 2`.execute(handle.db);
const planted: string[] = [];
for (const { table, column } of columns) {
	if (WORDS.test(column) && !LEAVE_ALONE.test(table)) {
		const name = sql.id(column);
		// Not every column takes every text: what a rule of the database refuses cannot be there.
		const update = sql`
			update ${sql.table(table)} as own set ${name} = own.${name} || ' ' || planted.words
			from (
				select ctid as place, (${texts}::text[])[1 + (row_number() over () + ${planted.length}) % ${texts.length}] as words
				from ${sql.table(table)} where ${name} is not null
			) as planted
			where own.ctid = planted.place`;
		const { numAffectedRows = 0n } = await update
			.execute(handle.db)
			.catch(() => ({ numAffectedRows: 0n }));
		if (numAffectedRows > 0n) {
			planted.push(`${table}.${column}`);
		}
	}
}
await handle.close();
process.stdout.write(JSON.stringify(planted));
