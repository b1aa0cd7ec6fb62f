import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, readdir, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { migrate, openDatabase } from '@throughline/db';
import { createTestDatabase, describeOnBothDatabases } from '@throughline/db/testing';
import { afterAll, beforeAll, expect, test, vi } from 'vitest';
import { backupFolder, backUpServer, newestBackupAt } from '../backup/backup-folder.ts';
import { restoreAnyBackup } from '../backup/restore-any-backup.ts';
import { removeUnfinishedBackups } from '../backup/unfinished-backups.ts';
import { readConfig } from '../config.ts';
import { backUpAndLoad } from '../jobs/back-up-and-load.ts';
import type { Plan } from '../testing/die-while-backing-up.ts';

const PROGRAM = join(import.meta.dirname, '../testing/die-while-backing-up.ts');

// A database is made and opened several times; a busy machine takes a while over that.
vi.setConfig({ testTimeout: 240_000, hookTimeout: 240_000 });

describeOnBothDatabases('a backup whose process is killed', (_getDatabase, mode) => {
	let place: Awaited<ReturnType<typeof createTestDatabase>>;
	let dataDir: string;
	let folder: string;
	beforeAll(async () => {
		place = await createTestDatabase(mode);
		dataDir =
			'dataDir' in place.config
				? place.config.dataDir
				: await mkdtemp(join(tmpdir(), 'throughline-killed-backup-'));
		folder = backupFolder({ DATA_DIR: dataDir });
		const handle = await openDatabase(place.config, { purpose: 'tests' });
		await migrate(handle.db);
		await handle.close();
	});
	afterAll(async () => {
		await place.remove();
		await rm(dataDir, { recursive: true, force: true });
	});

	async function dieAfter(step: Plan['step']): Promise<void> {
		const plan: Plan = { database: place.config, dataDir, step };
		const child = spawn(process.execPath, [PROGRAM, JSON.stringify(plan)], { stdio: 'ignore' });
		const [, signal] = await once(child, 'exit');
		expect(signal).toBe('SIGKILL');
	}

	const configOf = (own: string) =>
		readConfig({ LOG_LEVEL: 'silent', DATA_DIR: own }, { isSampleWanted: false });

	test.each(['written', 'verified'] as const)('after it was %s is none', async (step) => {
		await dieAfter(step);
		const [left = '', ...more] = await readdir(folder);
		expect(more).toEqual([]);
		expect(left).toMatch(/\.(part|unverified)$/);
		expect(await newestBackupAt(folder)).toBeNull();
		const restoring = restoreAnyBackup({
			config: configOf(join(dataDir, 'other')),
			file: join(folder, left),
			isReplaced: false,
			tombstoneFolders: [],
		});
		await expect(restoring).rejects.toThrow('never verified');

		await removeUnfinishedBackups(folder, { isStart: true });
		expect(await readdir(folder)).toEqual([]);
	});

	test.runIf(mode === 'embedded')('while it was sealed leaves no bare copy of words', async () => {
		await dieAfter('copied');
		const bare = async () =>
			(await readdir(join(dataDir, 'run'))).filter((name) => name.endsWith('.tar'));
		expect(await bare(), 'the control').toHaveLength(1);
		expect((await readdir(folder)).filter((name) => !name.endsWith('.part'))).toEqual([]);

		const handle = await openDatabase(place.config, { purpose: 'tests' });
		await handle.close();
		expect(await bare()).toEqual([]);
		await removeUnfinishedBackups(folder, { isStart: true });
		expect(await readdir(folder)).toEqual([]);
	});

	test('is made by the next, and that one counts (the control)', async () => {
		const handle = await openDatabase(place.config, { purpose: 'tests' });
		const outside = { config: configOf(dataDir), clock: () => new Date() };
		const backUp =
			mode === 'embedded' ? backUpAndLoad(handle, outside) : backUpServer(handle, outside);
		await backUp([]);
		await handle.close();
		await removeUnfinishedBackups(folder, { isStart: true });
		expect((await readdir(folder)).length).toBe(1);
		expect(await newestBackupAt(folder)).not.toBeNull();
	});
});
