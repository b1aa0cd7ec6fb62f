import { sql, type Kysely } from 'kysely';
import { beforeAll, describe, expect, test } from 'vitest';
import type { Schema } from '../schema.ts';
import { describeOnBothDatabases } from '../testing/index.ts';

/** What a student's answers pass through. Nothing in them may say when, in which order, or who. */
const BALLOT_TABLES = ['access_code', 'draft', 'envelope', 'response'];
/** A column of these types can hold neither a time nor an order. */
const SILENT_TYPES = ['uuid', 'bytea', 'smallint', 'jsonb'];
/** What two tables may be joined by: places that many students share. */
const SHARED_COLUMNS = ['engagement_id', 'window_id', 'cohort_id', 'epoch'];

interface Column {
	table: string;
	name: string;
	type: string;
	/** The default, identity or generation expression; null when the application writes the value. */
	filledBy: string | null;
}

async function listColumns(db: Kysely<Schema>): Promise<Column[]> {
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
function lint(columns: readonly Column[]): string[] {
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

describeOnBothDatabases('the ballot tables', (getDatabase) => {
	let columns: Column[];
	beforeAll(async () => {
		columns = await listColumns(getDatabase().db);
	});

	test('have these columns and no other', () => {
		const listed = BALLOT_TABLES.map((table) => {
			const own = columns.filter((column) => column.table === table);
			return `${table}: ${own.map(({ name }) => name).join(', ')}`;
		});
		expect(listed).toEqual([
			'access_code: engagement_id, window_id, code_hash, cohort_id, state, sid_hash',
			'draft: engagement_id, window_id, code_hash, body',
			'envelope: engagement_id, id, window_id, cohort_id, epoch, body',
			'response: engagement_id, id, window_id, cohort_id, answers',
		]);
	});

	test('hold no time, no order, no default, and nothing that joins answers to a code', () => {
		expect(lint(columns)).toEqual([]);
	});

	describe('would be reported', () => {
		const wrong: [string, Column, string][] = [
			[
				'with a time',
				{ table: 'response', name: 'stored_at', type: 'timestamp with time zone', filledBy: null },
				'response.stored_at is a timestamp with time zone',
			],
			[
				'with an order',
				{ table: 'envelope', name: 'number', type: 'smallint', filledBy: "nextval('envelope')" },
				"envelope.number is filled by nextval('envelope')",
			],
			[
				'with the code beside the answers',
				{ table: 'envelope', name: 'code_hash', type: 'bytea', filledBy: null },
				'codes and answers share the column code_hash',
			],
		];
		test.each(wrong)('%s (the control)', (_name, column, problem) => {
			expect(lint([...columns, column])).toEqual([problem]);
		});
	});

	test('set off no trigger, which could write down what happened when', async () => {
		const { rows } = await sql<{ table: string }>`
			select distinct event_object_table as "table" from information_schema.triggers
		`.execute(getDatabase().db);
		const watched = rows.map(({ table }) => table);
		expect(watched).toContain('release');
		expect(watched.filter((table) => BALLOT_TABLES.includes(table))).toEqual([]);
	});

	test('are referred to by no other table', async () => {
		const { rows } = await sql<{ target: string }>`
			select distinct confrelid::regclass::text as target from pg_constraint where contype = 'f'
		`.execute(getDatabase().db);
		const targets = rows.map(({ target }) => target);
		expect(targets).toContain('survey_window');
		expect(targets.filter((target) => BALLOT_TABLES.includes(target))).toEqual([]);
	});

	test('keep the commit times of rows nowhere: the server does not track them', async () => {
		const { rows } = await sql<{ track_commit_timestamp: string }>`
			show track_commit_timestamp
		`.execute(getDatabase().db);
		expect(rows[0]?.track_commit_timestamp).toBe('off');
	});
});
