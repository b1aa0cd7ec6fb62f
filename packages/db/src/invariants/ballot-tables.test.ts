import { sql } from 'kysely';
import { beforeAll, describe, expect, test } from 'vitest';
import { describeOnBothDatabases } from '../testing/index.ts';
import {
	BALLOT_TABLES,
	type Column,
	lintBallotTables,
	listColumns,
} from '../testing/lint-ballot-tables.ts';

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
			'envelope: engagement_id, id, window_id, cohort_id, epoch, body, shelf',
			'response: engagement_id, id, window_id, cohort_id, answers',
		]);
	});

	test('hold no time, no order, no default, and nothing that joins answers to a code', () => {
		expect(lintBallotTables(columns)).toEqual([]);
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
			expect(lintBallotTables([...columns, column])).toEqual([problem]);
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

	test('are accompanied by tables that know days and no times', () => {
		const timed = columns.filter(
			({ table, type }) =>
				['opening', 'epoch_canary'].includes(table) && type.startsWith('timestamp'),
		);
		expect(timed).toEqual([]);
		expect(columns.filter(({ table }) => table === 'opening').map(({ type }) => type)).toContain(
			'date',
		);
	});

	test('keep the commit times of rows nowhere: the server does not track them', async () => {
		const { rows } = await sql<{ track_commit_timestamp: string }>`
			show track_commit_timestamp
		`.execute(getDatabase().db);
		expect(rows[0]?.track_commit_timestamp).toBe('off');
	});
});
