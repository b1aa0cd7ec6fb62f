import { sql } from 'kysely';
import { expect, test } from 'vitest';
import { migrate, migrateTo } from './migrate.ts';
import { describeOnBothDatabases } from './testing/index.ts';

const meta = { survey: 'a', notice: 'b', language: 'en' };
const values = { S01: '4', seed: 'an answer may be called so' };

describeOnBothDatabases('responses of an earlier release', (getDatabase) => {
	test('forget in which order options were shown, and nothing else', async () => {
		const { db, pool } = getDatabase();
		await pool.query('drop schema public cascade; create schema public');
		await migrateTo(db, '2026-11-29-71-shelves');
		for (const stored of [
			{ meta: { ...meta, seed: 4711 }, values },
			{ meta, values },
		]) {
			await sql`
				insert into response (engagement_id, id, window_id, cohort_id, answers)
				select gen_random_uuid(), gen_random_uuid(), gen_random_uuid(), gen_random_uuid(),
					${JSON.stringify(stored)}::jsonb
			`.execute(db);
		}
		await migrate(db);
		const { rows } = await sql<{ answers: unknown }>`select answers from response`.execute(db);
		expect(rows).toEqual([{ answers: { meta, values } }, { answers: { meta, values } }]);

		// A process of that release that still runs cannot bring it back.
		const late = sql`
			insert into response (engagement_id, id, window_id, cohort_id, answers)
			select gen_random_uuid(), gen_random_uuid(), gen_random_uuid(), gen_random_uuid(),
				${JSON.stringify({ meta: { ...meta, seed: 1 }, values })}::jsonb
		`;
		await expect(late.execute(db)).rejects.toMatchObject({ code: '23514' });
	});
});
