import { sql } from 'kysely';
import { v4 as uuid4, v7 as uuid7 } from 'uuid';
import { beforeAll, describe, expect, test } from 'vitest';
import { describeOnBothDatabases } from '../testing/index.ts';

const HASH = 'a'.repeat(64);

describeOnBothDatabases('evidence in the database', (getDatabase) => {
	const ids = {
		district: uuid7(),
		engagement: uuid7(),
		survey: uuid7(),
		version: uuid7(),
		notice: uuid7(),
		window: uuid7(),
		frozen: uuid7(),
		draft: uuid7(),
		excerpt: uuid4(),
	};

	beforeAll(async () => {
		const { db } = getDatabase();
		await sql`
			insert into district
				(id, key, name, short_name, state, timezone, default_language, languages, details)
			values (${ids.district}, 'd', 'District', 'D', 'MN', 'UTC', 'en', '{en}', '{}')
		`.execute(db);
		await sql`
			insert into engagement
				(id, district_id, slug, title, purpose, status, is_synthetic, school_year, decision, details)
			values (${ids.engagement}, ${ids.district}, 'e', 'E', 'P', 'active', true, '2025-26', '{}', '{}')
		`.execute(db);
		await sql`
			insert into survey (engagement_id, id, key) values (${ids.engagement}, ${ids.survey}, 's')
		`.execute(db);
		await sql`
			insert into survey_version
				(engagement_id, id, survey_id, number, definition, definition_hash, published_at)
			values (${ids.engagement}, ${ids.version}, ${ids.survey}, 1, '{}', ${HASH}, now())
		`.execute(db);
		await sql`
			insert into notice_version (engagement_id, id, key, kind, number, body, body_hash)
			values (${ids.engagement}, ${ids.notice}, 'n', 'tennessen', 1, '{}', ${HASH})
		`.execute(db);
		await sql`
			insert into survey_window
				(engagement_id, id, survey_version_id, notice_version_id, link_key, label, status,
					opens_at, closes_at, source, epoch)
			values (${ids.engagement}, ${ids.window}, ${ids.version}, ${ids.notice}, 'link', 'W',
				'opened', now() - interval '2 days', now() - interval '1 day', 'codes', 1)
		`.execute(db);
		for (const [id, status] of [
			[ids.frozen, 'frozen'],
			[ids.draft, 'draft'],
		]) {
			await sql`
				insert into release
					(engagement_id, id, slug, title, window_id, status, body, body_hash, audit)
				values (${ids.engagement}, ${id}, ${status}, 'R', ${ids.window}, ${status}, '{}', ${HASH}, '{}')
			`.execute(db);
		}
		await sql`
			insert into excerpt
				(engagement_id, id, source_kind, source_id, text, text_hash, language, redactions,
					is_non_answer, queue_position, in_sample)
			values (${ids.engagement}, ${ids.excerpt}, 'answer', ${uuid4()}, 'words', ${HASH}, 'en',
				'[]', false, 1, true)
		`.execute(db);
	});

	describe('a frozen release', () => {
		test.each([
			['its body', 'update release set body = \'{"n":1}\''],
			['its hash', `update release set body_hash = '${'b'.repeat(64)}'`],
			['its counts', 'update release set audit = \'{"n":1}\''],
			['its title', "update release set title = 'Other'"],
			['back to a draft', "update release set status = 'draft'"],
			['away', 'delete from release'],
		])('cannot be changed: %s', async (_name, statement) => {
			const query = `${statement} where engagement_id = $1 and id = $2`;
			await expect(
				getDatabase().pool.query(query, [ids.engagement, ids.frozen]),
			).rejects.toMatchObject({ code: '23001' });
		});

		test('does not go with its engagement or its window', async () => {
			const { pool } = getDatabase();
			await expect(
				pool.query('delete from engagement where id = $1', [ids.engagement]),
			).rejects.toMatchObject({ code: '23001' });
			await expect(
				pool.query('delete from survey_window where id = $1', [ids.window]),
			).rejects.toMatchObject({ code: expect.stringMatching(/^23(001|503)$/) });
		});

		test('is the only kind that resists: a draft can be changed (the control)', async () => {
			const { rowCount } = await getDatabase().pool.query(
				"update release set title = 'Other' where engagement_id = $1 and id = $2",
				[ids.engagement, ids.draft],
			);
			expect(rowCount).toBe(1);
		});
	});

	test.each([
		['a published survey', 'update survey_version set definition = \'{"n":1}\''],
		['a notice', 'update notice_version set body = \'{"n":1}\''],
	])('%s is frozen too', async (_name, statement) => {
		await expect(getDatabase().pool.query(statement)).rejects.toMatchObject({ code: '23001' });
	});

	describe('a quote', () => {
		test('is a span with its hash: no column could hold words', async () => {
			const { rows } = await sql<{ column: string }>`
				select column_name || ' ' || data_type as "column" from information_schema.columns
				where table_name = 'quote' order by ordinal_position
			`.execute(getDatabase().db);
			expect(rows.map(({ column }) => column)).toEqual([
				'engagement_id uuid',
				'id uuid',
				'excerpt_id uuid',
				'start_at integer',
				'end_at integer',
				'text_hash text',
				'proposed_by uuid',
				'withdrawn_at timestamp with time zone',
				'created_at timestamp with time zone',
			]);
		});

		test.each([
			['words where the hash belongs', [0, 5, 'what someone typed']],
			['a span that ends before it begins', [5, 5, HASH]],
			['a span before the text', [-1, 5, HASH]],
		])('is refused with %s', async (_name, [start, end, hash]) => {
			const query = `insert into quote (engagement_id, id, excerpt_id, start_at, end_at, text_hash)
				values ($1, $2, $3, $4, $5, $6)`;
			const values = [ids.engagement, uuid7(), ids.excerpt, start, end, hash];
			await expect(getDatabase().pool.query(query, values)).rejects.toMatchObject({
				code: '23514',
			});
		});

		test('is refused without a stored excerpt', async () => {
			const query = `insert into quote (engagement_id, id, excerpt_id, start_at, end_at, text_hash)
				values ($1, $2, $3, 0, 5, $4)`;
			const values = [ids.engagement, uuid7(), uuid4(), HASH];
			await expect(getDatabase().pool.query(query, values)).rejects.toMatchObject({
				code: '23503',
			});
		});
	});
});
