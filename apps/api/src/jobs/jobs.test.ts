import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describeOnBothDatabases } from '@throughline/db/testing';
import { afterAll, beforeAll, expect, test, vi } from 'vitest';
import { createBackups } from '../backup/backup-status.ts';
import { readConfig } from '../config.ts';
import { testApp } from '../testing/test-app.ts';
import { createJobs } from './jobs.ts';

// A database is made and opened several times; a busy machine takes a while over that.
vi.setConfig({ testTimeout: 240_000, hookTimeout: 240_000 });

describeOnBothDatabases('the job that backs up', (getDatabase) => {
	let folder: string;
	beforeAll(async () => {
		folder = await mkdtemp(join(tmpdir(), 'throughline-jobs-'));
	});
	afterAll(() => rm(folder, { recursive: true, force: true }));

	test('tells whoever starts next that it failed, until it succeeds', async () => {
		const phrase = join(folder, 'phrase');
		const env = { LOG_LEVEL: 'silent', DATA_DIR: folder, BACKUP_PASSPHRASE_FILE: phrase };
		const config = readConfig(env, { isSampleWanted: false });
		const sut = testApp(getDatabase().db, { config });
		const job = createJobs(getDatabase(), sut.deps).find(({ name }) => name === 'back-up');
		const runAt = async (hour: string) => {
			sut.travelTo(`2099-01-15T${hour}:00:00Z`);
			await job?.run(AbortSignal.timeout(120_000));
		};
		const anotherProcess = () => createBackups({ config, clock: () => new Date() }).read();

		await expect(runAt('10')).rejects.toThrow('ENOENT');
		expect(await anotherProcess()).toMatchObject({ hasFailed: true });
		await writeFile(phrase, 'seven quiet buses wait outside\n');
		await runAt('12');
		expect(await anotherProcess()).toMatchObject({ hasFailed: false });
	});
});
