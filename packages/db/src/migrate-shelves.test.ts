import { sql } from 'kysely';
import { expect, test } from 'vitest';
import { migrate, migrateTo } from './migrate.ts';
import { describeOnBothDatabases } from './testing/index.ts';

const BEFORE = '2026-11-29-61-ended-access';
const engagement = '00000000-0000-4000-8000-000000000001';
const windowAt = (number: number) => `00000000-0000-4000-8000-1000000000${number}`;

/** Ten windows that take answers and one that was opened, each unopened one with some envelopes. */
const WINDOWS = Array.from({ length: 11 }, (_, index) => ({
	id: windowAt(10 + index),
	status: index === 4 ? 'opened' : 'open',
	envelopes: index === 4 ? 0 : 3 + index,
}));

describeOnBothDatabases('giving envelopes of an earlier release their shelves', (getDatabase) => {
	test('loses none, changes none, and spreads windows evenly', async () => {
		const { db, pool } = getDatabase();
		await pool.query('drop schema public cascade; create schema public');
		await migrateTo(db, BEFORE);
		// Rows are all this is about.
		await pool.query(`
			alter table survey_window drop constraint survey_window_engagement_id_survey_version_id_fkey;
			alter table survey_window drop constraint survey_window_engagement_id_notice_version_id_fkey;
		`);
		for (const { id, status, envelopes } of WINDOWS) {
			await sql`
				insert into survey_window (
					engagement_id, id, survey_version_id, notice_version_id, link_key, label, status,
					opens_at, closes_at, source, epoch
				)
				values (
					${engagement}, ${id}, gen_random_uuid(), gen_random_uuid(), ${id.slice(-6)}, 'Window',
					${status}, now() - interval '1 day', now() + interval '1 day', 'codes', 1
				)
			`.execute(db);
			await sql`
				insert into envelope (engagement_id, id, window_id, cohort_id, epoch, body)
				select ${engagement}::uuid, gen_random_uuid(), ${id}::uuid, gen_random_uuid(), 1,
					decode(rpad(md5(n::text), 2 * 4124, md5(n::text)), 'hex')
				from generate_series(1, ${envelopes}::int) n
			`.execute(db);
		}
		const content = sql<{ row: string }>`
			select md5(row(engagement_id, id, window_id, cohort_id, epoch, body)::text) as row
			from envelope order by 1
		`;
		const before = await content.execute(db);
		expect(before.rows).toHaveLength(WINDOWS.reduce((sum, each) => sum + each.envelopes, 0));

		await migrate(db);

		expect((await content.execute(db)).rows).toEqual(before.rows);
		const { rows } = await sql<{ id: string; shelf: number; lies: string[] | null }>`
			select w.id, w.shelf, array_agg(distinct e.tableoid::regclass::text) filter (where e.id is not null) as lies
			from survey_window w left join envelope e on e.window_id = w.id
			group by w.id, w.shelf order by w.id
		`.execute(db);
		const unopened = rows.filter(({ lies }) => lies !== null);
		expect(unopened).toHaveLength(10);
		for (const { shelf, lies } of unopened) {
			expect(lies).toEqual([`envelope_${shelf}`]);
		}
		const sizes = [...Map.groupBy(unopened, ({ shelf }) => shelf).values()].map((on) => on.length);
		expect(sizes.sort()).toEqual([1, 1, 1, 1, 1, 1, 2, 2]);
	});

	test('gives each new window the shelf that the fewest unopened ones are on', async () => {
		const { db } = getDatabase();
		const given = [];
		for (let number = 30; number < 38; number += 1) {
			const made = await sql<{ shelf: number }>`
				insert into survey_window (
					engagement_id, id, survey_version_id, notice_version_id, link_key, label, status,
					opens_at, closes_at, source, epoch
				)
				values (
					${engagement}, ${windowAt(number)}, gen_random_uuid(), gen_random_uuid(),
					${`new${number}`}, 'Window', 'draft', now(), now() + interval '1 day', 'codes', 1
				)
				returning shelf
			`.execute(db);
			given.push(made.rows[0]?.shelf);
		}
		const { rows } = await sql<{ n: number }>`
			select count(*)::int as n from survey_window
			where status <> 'opened' group by shelf order by 1
		`.execute(db);
		// Ten there were, eight came.
		expect(rows.map(({ n }) => n)).toEqual([2, 2, 2, 2, 2, 2, 3, 3]);
		expect(new Set(given).size).toBeGreaterThan(5);
	});
});
