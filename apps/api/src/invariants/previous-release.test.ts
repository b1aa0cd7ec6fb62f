import { join } from 'node:path';
import { countRows, openDatabase, pendingMigrations } from '@throughline/db';
import { findReleasePlaces } from '@throughline/db/queries/release';
import { createTestDatabase, describeOnBothDatabases } from '@throughline/db/testing';
import { sql } from 'kysely';
import { afterAll, beforeAll, expect, test, vi } from 'vitest';
import { readBackup } from '../backup/read-backup.ts';
import { restoreBackup } from '../backup/restore-backup.ts';
import { verifyRelease } from '../releases/verify-release.ts';
import { createResultsReader } from '../results/read-window.ts';
import { staff, testApp } from '../testing/test-app.ts';

/** The sample as the release of that day stored it, backed up before any later migration ran. */
const FILE = join(import.meta.dirname, '../backup/fixtures/release-2026-11-28.backup');
const LAST_MIGRATION = '2026-11-28-51-submit-envelope';

vi.setConfig({ testTimeout: 120_000, hookTimeout: 120_000 });

describeOnBothDatabases('data of the release of 2026-11-28', (_getDatabase, mode) => {
	let place: Awaited<ReturnType<typeof createTestDatabase>>;
	let handle: Awaited<ReturnType<typeof openDatabase>>;
	let stored: Record<string, number>;
	beforeAll(async () => {
		const plain = { file: FILE, passphrase: null };
		const manifest = await readBackup(plain);
		expect(manifest.migrations.at(-1)).toBe(LAST_MIGRATION);
		place = await createTestDatabase(mode);
		handle = await openDatabase(place.config, { purpose: 'tests' });
		({ rows: stored } = await restoreBackup(handle.db, {
			...plain,
			isReplaced: false,
			tombstones: [],
			recordings: null,
		}));
	});
	afterAll(async () => {
		await handle.close();
		await place.remove();
	});

	test('is brought up to date with every row of it', async () => {
		expect(await pendingMigrations(handle.db)).toEqual([]);
		const now = await countRows(handle.db);
		const lost = Object.entries(stored).filter(([table, rows]) => (now[table] ?? 0) < rows);
		expect(lost).toEqual([]);
		expect(stored).toMatchObject({ response: 1400 });
	});

	test('still says the same: its release verifies, figure by figure', async () => {
		const places = await handle.db
			.selectFrom('release')
			.select('slug')
			.where('status', '=', 'frozen')
			.execute();
		expect(places.length).toBeGreaterThan(0);
		for (const { slug } of places) {
			const [found] = await findReleasePlaces(handle.db, slug);
			const verified =
				found && (await verifyRelease(handle.db, createResultsReader(handle.db), found));
			expect(verified?.figures).toBeGreaterThan(100);
			expect(verified?.differences).toEqual([]);
			expect(verified?.broken).toEqual([]);
		}
	});

	test('says no less where its schools are renamed today', async () => {
		const { slug } = await handle.db
			.selectFrom('release')
			.select('slug')
			.where('status', '=', 'frozen')
			.executeTakeFirstOrThrow();
		const [found] = await findReleasePlaces(handle.db, slug);
		const verify = async () =>
			await verifyRelease(handle.db, createResultsReader(handle.db), found ?? expect.fail());
		const before = await verify();
		await sql`update site set name = name || ' Academy'`.execute(handle.db);
		expect(await verify()).toEqual(before);
	});

	test('is read by the pages of today', async () => {
		const sut = testApp(handle.db);
		const { engagement_id: engagementId, id: windowId } = await handle.db
			.selectFrom('survey_window')
			.select(['engagement_id', 'id'])
			.where('status', '=', 'opened')
			.executeTakeFirstOrThrow();
		const person = await handle.db
			.selectFrom('engagement_role')
			.select('person_id')
			.where('engagement_id', '=', engagementId)
			.where('role', '=', 'administrator')
			.executeTakeFirstOrThrow();
		sut.signInAs(staff(person.person_id, engagementId, ['administrator']));
		for (const path of [`results/${windowId}`, 'dialogs?page=1', 'people', 'audit?page=1']) {
			const response = await sut.app.request(`/api/engagements/${engagementId}/${path}`);
			expect(response.status, path).toBe(200);
		}
	});
});
