import { describeOnBothDatabases } from '@throughline/db/testing';
import { sql } from 'kysely';
import { beforeAll, expect, test } from 'vitest';
import { loadSample } from '../sample/load/load-sample.ts';
import { testApp } from '../testing/test-app.ts';
import { askAll, listAddresses } from '../testing/walk-get-routes.ts';

describeOnBothDatabases('what the public reads', (getDatabase) => {
	/** Every public address of the sample and what it answers now, from a process that just started. */
	async function readAll() {
		const sut = testApp(getDatabase().db);
		const { id } = await sut.deps.db
			.selectFrom('engagement')
			.select('id')
			.executeTakeFirstOrThrow();
		const addresses = await listAddresses(sut, id);
		return await askAll(
			sut,
			addresses.filter(({ path }) => path.startsWith('/api/public/')),
		);
	}

	beforeAll(async () => {
		await loadSample(testApp(getDatabase().db).deps);
	}, 120_000);

	test('stays, word for word, when everything it came from is gone', async () => {
		const before = await readAll();
		expect(before.length).toBeGreaterThan(10);
		expect(before.filter(({ status }) => status !== 200)).toEqual([]);

		const { db } = getDatabase();
		await sql`delete from recommendation`.execute(db);
		await sql`delete from finding`.execute(db);
		await sql`delete from quote_clearance`.execute(db);
		await sql`delete from quote`.execute(db);
		await sql`delete from excerpt`.execute(db);
		await sql`delete from response`.execute(db);
		await sql`update theme set label = 'Another name'`.execute(db);
		await sql`update engagement set title = 'Another title', purpose = 'Another'`.execute(db);

		expect(await readAll()).toEqual(before);
	}, 120_000);

	test('is no draft, whatever its address', async () => {
		const { db } = getDatabase();
		await sql`
			insert into release (engagement_id, id, slug, title, window_id, status, body, body_hash, audit)
			select engagement_id, gen_random_uuid(), 'a-draft', 'A draft', window_id, 'draft', body,
				body_hash, audit from release limit 1
		`.execute(db);
		const sut = testApp(db);
		const { slug } = await db.selectFrom('engagement').select('slug').executeTakeFirstOrThrow();
		const { status } = await sut.send('GET', `/api/public/engagements/${slug}/releases/a-draft`);
		const list = await sut.send('GET', `/api/public/engagements/${slug}`);

		expect(status).toBe(404);
		expect(list.status).toBe(200);
		expect(JSON.stringify(list.body)).not.toContain('a-draft');
	});
});
