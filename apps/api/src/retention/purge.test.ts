import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { countRows } from '@throughline/db';
import { describeOnBothDatabases } from '@throughline/db/testing';
import { sql } from 'kysely';
import { beforeAll, expect, test } from 'vitest';
import { readConfig } from '../config.ts';
import { seedPerson } from '../testing/seed-engagement.ts';
import { seedStudentWindow } from '../testing/seed-student-window.ts';
import { staff, testApp } from '../testing/test-app.ts';
import { purge } from './purge.ts';
import { defaultSchedule, readSchedule } from './schedule.ts';

describeOnBothDatabases('what has been kept for long enough', (getDatabase) => {
	let sut: ReturnType<typeof testApp>;
	let engagementId: string;
	let windowId: string;
	let personId: string;
	beforeAll(async () => {
		const { db } = getDatabase();
		sut = testApp(db);
		({ engagementId, windowId } = await seedStudentWindow(db, sut.deps, { codes: [12, 0, 0] }));
		personId = await seedPerson(db, {
			engagementId,
			email: 'steward@example.org',
			roles: ['data_steward'],
		});
		const own = { engagement_id: engagementId };
		await db
			.insertInto('opening')
			.values({
				...own,
				window_id: windowId,
				epoch: 1,
				opened_on: '2026-01-10',
				rewritten_on: '2026-01-10',
				backed_up_on: '2026-01-10',
				key_destroyed_on: '2026-01-10',
			})
			.execute();
		const invited = { ...own, name: 'I', role: 'coder' as const };
		const id = () => sut.deps.random.uuid7();
		await db
			.insertInto('invitation')
			.values([
				{ ...invited, id: id(), email: 'a@example.org', expires_at: '2026-01-01T00:00:00Z' },
				{ ...invited, id: id(), email: 'b@example.org', expires_at: '2026-06-01T00:00:00Z' },
			])
			.execute();
		await sql`
			insert into auth_session (id, person_id, token, expires_at) values
			(${id()}, ${personId}, 'old', '2026-01-01T00:00:00Z'),
			(${id()}, ${personId}, 'new', '2026-04-20T00:00:00Z')
		`.execute(db);
		await sql`
			insert into row_export (engagement_id, id, window_id, k, rules, reason, requested_by, requested_at, expires_at)
			values (${engagementId}, ${id()}, ${windowId}, 5, 'x', 'x', ${personId}, '2024-01-01', '2024-02-01')
		`.execute(db);
	});

	const purgeAt = (time: string, isDry = false) => {
		sut.travelTo(time);
		return purge(sut.deps, { schedule: defaultSchedule, isDry });
	};

	test('is counted by a dry run, which deletes nothing', async () => {
		const before = await countRows(getDatabase().db);
		expect(await purgeAt('2026-04-15T12:00:00Z', true)).toEqual([
			{ kind: 'codes', days: 30, rows: 12 },
			{ kind: 'row_exports', days: 365, rows: 1 },
			{ kind: 'invitations', days: 90, rows: 1 },
			{ kind: 'sign_in', days: 30, rows: 1 },
		]);
		expect(await countRows(getDatabase().db)).toEqual(before);
	});

	test('stays a day longer than its last day, and then goes, once', async () => {
		const codes = async () => (await countRows(getDatabase().db))['access_code'];
		await purgeAt('2026-02-09T12:00:00Z');
		expect(await codes()).toBe(12);
		await purgeAt('2026-02-10T12:00:00Z');
		expect(await codes()).toBe(0);
		expect(await purgeAt('2026-02-10T12:00:00Z')).toEqual([]);
	});

	test('goes and leaves what is not due; how many went stands in a log without words', async () => {
		await purgeAt('2026-04-15T12:00:00Z');
		const { db } = getDatabase();
		const left = await db.selectFrom('invitation').select('email').execute();
		expect(left).toEqual([{ email: 'b@example.org' }]);
		const sessions = await sql<{ token: string }>`select token from auth_session`.execute(db);
		expect(sessions.rows).toEqual([{ token: 'new' }]);

		sut.signInAs(staff(personId, engagementId, ['data_steward']));
		const shown = await sut.send('GET', `/api/engagements/${engagementId}/retention`);
		expect(shown.status).toBe(200);
		expect(shown.body).toMatchObject({
			rules: expect.arrayContaining([
				expect.objectContaining({ kind: 'codes', days: 30 }),
				expect.objectContaining({ kind: 'audit', days: null }),
			]),
			purged: expect.arrayContaining([
				{ id: expect.any(String), kind: 'codes', rows: null, days: 30, on: '2026-02-10' },
				{ id: expect.any(String), kind: 'invitations', rows: 1, days: 90, on: '2026-04-15' },
			]),
		});
		expect(JSON.stringify(shown.body)).not.toContain('@');
	});

	test('says nothing to a coder', async () => {
		sut.signInAs(staff(personId, engagementId, ['coder']));
		const refused = await sut.send('GET', `/api/engagements/${engagementId}/retention`);
		expect(refused.status).toBe(403);
	});

	test('tells of a backup that is late or failed', async () => {
		const folder = await mkdtemp(join(tmpdir(), 'throughline-told-'));
		const env = { LOG_LEVEL: 'silent', DATA_DIR: folder };
		const own = testApp(getDatabase().db, { config: readConfig(env, { isSampleWanted: false }) });
		own.signInAs(staff(personId, engagementId, ['administrator']));
		const { deps } = own;
		const read = async () =>
			(await own.send('GET', `/api/engagements/${engagementId}/retention/backup`)).body;
		expect(await read()).toEqual({
			lastAt: null,
			isLate: false,
			lateAfterHours: 3,
			hasFailed: false,
		});
		await deps.backups.failed();
		expect(await read()).toMatchObject({ hasFailed: true });
		await deps.backups.succeeded();
		expect(await read()).toMatchObject({ hasFailed: false });
		await rm(folder, { recursive: true });
	});
});

test('a district’s own days come over the defaults, and a wrong file is named', async () => {
	const folder = await mkdtemp(join(tmpdir(), 'throughline-retention-'));
	const file = join(folder, 'own.json');
	try {
		await writeFile(file, JSON.stringify({ codes: { days: 60, basis: '12.4' } }));
		const own = await readSchedule({ RETENTION_FILE: file });
		expect(own).toEqual({ ...defaultSchedule, codes: { days: 60, basis: '12.4' } });
		for (const wrong of [
			{ codes: { days: 0, basis: 'x' } },
			{ nonsense: { days: 1, basis: 'x' } },
			{ audit: { days: 30, basis: 'x' } },
		]) {
			await writeFile(file, JSON.stringify(wrong));
			await expect(readSchedule({ RETENTION_FILE: file })).rejects.toThrow('cannot be used');
		}
	} finally {
		await rm(folder, { recursive: true });
	}
});
