import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { readdir } from 'node:fs/promises';
import { join } from 'node:path';
import { migrate, openDatabase } from '@throughline/db';
import { describeOnBothDatabases } from '@throughline/db/testing';
import { afterAll, beforeAll, expect, test, vi } from 'vitest';
import { backupFolder, backUpServer, newestBackupAt } from '../backup/backup-folder.ts';
import { restoreAnyBackup } from '../backup/restore-any-backup.ts';
import { readConfig } from '../config.ts';
import { backUpAndLoad } from '../jobs/back-up-and-load.ts';
import type { Plan } from '../testing/die-while-backing-up.ts';
import { makePlace, type Place, startProgram } from '../testing/real-process.ts';

const PROGRAM = join(import.meta.dirname, '../testing/die-while-backing-up.ts');

// A database is made and opened several times; a busy machine takes a while over that.
vi.setConfig({ testTimeout: 240_000, hookTimeout: 240_000 });

describeOnBothDatabases('a backup whose process is killed', (_getDatabase, mode) => {
	let place: Place;
	let folder: string;
	beforeAll(async () => {
		place = await makePlace(mode);
		folder = backupFolder({ DATA_DIR: place.dataDir });
		const handle = await openDatabase(place.database, { purpose: 'tests' });
		await migrate(handle.db);
		await handle.close();
	});
	afterAll(() => place.remove());

	async function dieAfter(step: Plan['step']): Promise<void> {
		const plan: Plan = { database: place.database, dataDir: place.dataDir, step };
		const child = spawn(process.execPath, [PROGRAM, JSON.stringify(plan)], { stdio: 'ignore' });
		const [, signal] = await once(child, 'exit');
		expect(signal).toBe('SIGKILL');
	}

	/** The next start of the server, until it is ready. */
	async function startOnce(settings: Record<string, string> = {}): Promise<void> {
		const program = await startProgram(place, settings);
		program.child.kill('SIGTERM');
		await program.gone;
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
			config: configOf(join(place.dataDir, 'other')),
			file: join(folder, left),
			isReplaced: false,
			tombstoneFolders: [],
		});
		await expect(restoring).rejects.toThrow('never verified');

		await startOnce();
		expect(await readdir(folder)).toEqual([]);
	});

	test.runIf(mode === 'embedded')('while it was sealed leaves no bare copy of words', async () => {
		await dieAfter('copied');
		const bare = async () =>
			(await readdir(join(place.dataDir, 'run'))).filter((name) => name.endsWith('.tar'));
		expect(await bare(), 'the control').toHaveLength(1);
		expect((await readdir(folder)).filter((name) => !name.endsWith('.part'))).toEqual([]);

		await startOnce();
		expect(await bare()).toEqual([]);
		expect(await readdir(folder)).toEqual([]);
	});

	test('is made by the next, and that one counts (the control)', async () => {
		const handle = await openDatabase(place.database, { purpose: 'tests' });
		const outside = { config: configOf(place.dataDir), clock: () => new Date() };
		const backUp =
			mode === 'embedded' ? backUpAndLoad(handle, outside) : backUpServer(handle, outside);
		await backUp([]);
		await handle.close();
		await startOnce();
		expect((await readdir(folder)).length).toBe(1);
		expect(await newestBackupAt(folder)).not.toBeNull();
	});

	test('is not risked in the clear: a passphrase that cannot be read stops the start', async () => {
		const missing = { BACKUP_PASSPHRASE_FILE: join(place.dataDir, 'none') };
		await expect(startOnce(missing)).rejects.toThrow('ended before it was ready');
	});
});
