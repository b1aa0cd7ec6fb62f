import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { countRows, openDatabase } from '@throughline/db';
import { createTestDatabase, describeOnBothDatabases } from '@throughline/db/testing';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { restoreBackup } from '../backup/restore-backup.ts';
import { writeBackup } from '../backup/write-backup.ts';
import type { Plan } from '../testing/die-while-restoring.ts';
import { seedStudentWindow } from '../testing/seed-student-window.ts';
import { testApp } from '../testing/test-app.ts';

const PROGRAM = join(import.meta.dirname, '../testing/die-while-restoring.ts');

describeOnBothDatabases('a restore that is killed', (getDatabase, mode) => {
	let folder: string;
	let file: string;
	let place: Awaited<ReturnType<typeof createTestDatabase>>;
	beforeAll(async () => {
		folder = await mkdtemp(join(tmpdir(), 'throughline-killed-restore-'));
		file = join(folder, 'a.backup');
		const { db } = getDatabase();
		await seedStudentWindow(db, testApp(db).deps, { codes: [30, 10, 10] });
		await writeBackup(db, { file, passphrase: null, recordings: null, now: new Date() });
		place = await createTestDatabase(mode);
	});
	afterAll(async () => {
		await place.remove();
		await rm(folder, { recursive: true, force: true });
	});

	async function counted(): Promise<Record<string, number>> {
		const handle = await openDatabase(place.config, { purpose: 'tests' });
		try {
			return await countRows(handle.db);
		} finally {
			await handle.close();
		}
	}

	async function dieAfter(pages: number | null): Promise<void> {
		const plan: Plan = { database: place.config, file, pages };
		const child = spawn(process.execPath, [PROGRAM, JSON.stringify(plan)], { stdio: 'ignore' });
		const [, signal] = await once(child, 'exit');
		expect(signal).toBe('SIGKILL');
	}

	test.each([1, 4, null])('after %s pages leaves the database as it was', async (pages) => {
		const before = await counted();
		await dieAfter(pages);
		expect(await counted()).toEqual(before);
	});

	test('is done again from the beginning, and then everything is there', async () => {
		const handle = await openDatabase(place.config, { purpose: 'tests' });
		const options = { file, passphrase: null, isReplaced: false, tombstones: [], recordings: null };
		await restoreBackup(handle.db, options);
		await handle.close();
		const before = await counted();
		expect(before).toEqual(await countRows(getDatabase().db));
		// Nor does one that was to replace all of it take anything away.
		await dieAfter(null);
		expect(await counted()).toEqual(before);
	});
});
