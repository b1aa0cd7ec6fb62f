import { describeOnBothDatabases } from '@throughline/db/testing';
import { sql } from 'kysely';
import { beforeEach, describe, expect, test } from 'vitest';
import { systemRandom } from '../../system/random.ts';
import { seedDialogRoom } from '../../testing/seed-dialog-room.ts';
import { seedPerson } from '../../testing/seed-engagement.ts';
import { staff, testApp } from '../../testing/test-app.ts';
import { getRoutes } from '../../testing/walk-get-routes.ts';
import { staffRoles } from '../people/schema.ts';
import type { EnrolledDevice } from '../devices/schema.ts';
import type { SafetyFlagList } from './schema.ts';

const SECRET = 'CANARY-2207, somebody waits at the side door.';

describeOnBothDatabases('a safety flag', (getDatabase) => {
	let seeded: Awaited<ReturnType<typeof seedDialogRoom>>;
	let sut: ReturnType<typeof testApp>;
	let base: string;
	let token: string;
	const flagId = () => systemRandom.uuid7();

	beforeEach(async () => {
		seeded = await seedDialogRoom(getDatabase().db);
		sut = testApp(getDatabase().db);
		base = `/api/engagements/${seeded.engagementId}`;
		sut.signInAs(staff(seeded.leadId, seeded.engagementId, ['facilitator']));
		const enrolled = await sut.send('POST', `${base}/devices`, { label: 'Tablet 3' });
		({ token } = enrolled.body as EnrolledDevice); // the route's own answer
	});

	async function raise(id = flagId()) {
		sut.signInAs(staff(seeded.leadId, seeded.engagementId, ['facilitator']));
		const operation = { id, type: 'safety', at: '2026-01-15T15:20:00.000Z', atMs: 1, text: SECRET };
		const response = await sut.app.request(`${base}/dialogs/${seeded.sessionId}/sync`, {
			method: 'POST',
			headers: { 'content-type': 'application/json', 'x-throughline-device': token },
			body: JSON.stringify({ operations: [operation, operation] }),
		});
		return { id, text: await response.text() };
	}

	function actAsAdult() {
		sut.signInAs(staff(seeded.adultId, seeded.engagementId, ['safety_responder']));
	}

	async function list(): Promise<SafetyFlagList> {
		const { status, body } = await sut.send('GET', `${base}/safety`);
		expect(status).toBe(200);
		return body as SafetyFlagList; // the route's own answer
	}

	test('reaches the adult the session names, once, and can be seen and closed', async () => {
		const { id } = await raise();
		await raise(id);
		actAsAdult();
		expect((await list()).flags).toMatchObject([
			{ id, text: SECRET, session: 'ds-01', place: 'Library', seenAt: null, closedAt: null },
		]);
		expect((await sut.send('POST', `${base}/safety/${id}/seen`, {})).status).toBe(200);
		expect((await sut.send('POST', `${base}/safety/${id}/closed`, {})).status).toBe(200);
		expect((await list()).flags).toMatchObject([
			{ seenAt: expect.any(String), closedAt: expect.any(String) },
		]);
	});

	test('is told by a mail that says nothing of it', async () => {
		await raise();
		expect(sut.sent.map(({ to }) => to)).toEqual([`adult-${seeded.engagementId}@example.org`]);
		expect(JSON.stringify(sut.sent)).not.toContain('CANARY');
		expect(JSON.stringify(sut.sent)).not.toContain('ds-01');
	});

	test('is another responder’s business as little as anybody’s', async () => {
		const { id } = await raise();
		const { engagementId } = seeded;
		const email = `second-${engagementId}@example.org`;
		const roles = ['safety_responder'] as const;
		const second = await seedPerson(getDatabase().db, { engagementId, email, roles: [...roles] });
		sut.signInAs(staff(second, engagementId, [...roles]));
		expect((await list()).flags).toEqual([]);
		expect((await sut.send('POST', `${base}/safety/${id}/seen`, {})).status).toBe(404);
	});

	test('waits on the tablet while nobody is named', async () => {
		await getDatabase()
			.db.deleteFrom('dialog_duty')
			.where('session_id', '=', seeded.sessionId)
			.where('role', '=', 'safe_adult')
			.execute();
		const { text } = await raise();
		expect(JSON.parse(text)).toMatchObject({
			results: [{ status: 'refused', mayRetry: true, problem: { code: 'no_safe_adult' } }, {}],
		});
	});

	describe('is found nowhere else', () => {
		test.each(staffRoles.filter((role) => role !== 'safety_responder'))(
			'by a %s at any address of the API',
			async (role) => {
				const { id, text } = await raise();
				expect(text).not.toContain('CANARY');
				sut.signInAs(staff(seeded.leadId, seeded.engagementId, [role]));
				expect((await sut.send('GET', `${base}/safety`)).status).toBe(403);
				for (const route of getRoutes(sut)) {
					const path = route
						.replace(':engagementId', seeded.engagementId)
						.replace(':sessionId', seeded.sessionId)
						.replaceAll(/:\w+(\{[^}]*\})?\??/g, id);
					const response = await sut.app.request(path, {
						headers: { 'x-throughline-device': token },
					});
					expect(await response.text(), path).not.toContain('CANARY');
				}
			},
		);

		test('in the whole database, as text or as bytes', async () => {
			await raise();
			const { db } = getDatabase();
			const tables = await sql<{ name: string }>`
				select quote_ident(table_name) as name from information_schema.tables
				where table_schema = 'public' and table_type = 'BASE TABLE' order by table_name
			`.execute(db);
			expect(tables.rows.length).toBeGreaterThan(40);
			const hex = Buffer.from('CANARY').toString('hex');
			for (const { name } of tables.rows) {
				const found = await sql<{ n: number }>`
					select count(*)::int as n from ${sql.raw(name)} as t
					where t::text like '%CANARY%' or t::text like ${`%${hex}%`}
				`.execute(db);
				expect(found.rows[0]?.n, name).toBe(0);
			}
			const flags = await db.selectFrom('safety_flag').select('id').execute();
			expect(flags.length).toBeGreaterThan(0);
		});
	});
});
