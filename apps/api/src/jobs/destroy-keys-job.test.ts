import { mkdtemp, readdir, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describeOn } from '@throughline/db/testing';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { openEnvelopes } from '../actions/open-envelopes.ts';
import { fileKeys } from '../system/keys.ts';
import { seedStudentWindow } from '../testing/seed-student-window.ts';
import { closeWindow, submitSealed } from '../testing/submit-sealed.ts';
import { testApp } from '../testing/test-app.ts';
import { backUpAndLoad } from './back-up-and-load.ts';
import { destroyKeysJob } from './destroy-keys-job.ts';

describeOn('embedded', 'the keys of opened windows', (getDatabase) => {
	let folder: string;
	beforeEach(async () => {
		folder = await mkdtemp(join(tmpdir(), 'throughline-destroy-'));
	});
	afterEach(() => rm(folder, { recursive: true, force: true }));

	async function openedWindow() {
		const { db } = getDatabase();
		const sut = testApp(db, { keys: await fileKeys(folder) });
		const window = await seedStudentWindow(db, sut.deps, { codes: [12, 0, 0] });
		const students = window.codes.north9.map((code) => ({ code, values: { Q1: 'yes' } }));
		await submitSealed(db, sut.deps, { ...window, students });
		await closeWindow(db, window.windowId);
		const { engagementId, windowId } = window;
		await openEnvelopes(sut.deps, { engagementId, windowId });
		return { sut, engagementId, windowId };
	}

	const epochKeys = async () =>
		(await readdir(join(folder, 'keys'))).filter((name) => name.startsWith('epoch-'));

	test('are destroyed once a backup was loaded and held their responses', async () => {
		const { sut } = await openedWindow();
		const job = destroyKeysJob(sut.deps, backUpAndLoad(getDatabase(), { config: {} }));
		expect(await epochKeys()).toHaveLength(1);
		await job();
		expect(await epochKeys()).toEqual([]);
		const backups = await readdir(getDatabase().embedded?.folder.backups ?? '');
		expect(backups).toHaveLength(1);
		await job();
		expect(await readdir(getDatabase().embedded?.folder.backups ?? '')).toEqual(backups);
	});

	test('stay when the backup does not hold all of them (the control)', async () => {
		const { engagementId, windowId } = await openedWindow();
		const backUp = backUpAndLoad(getDatabase(), { config: {} });
		await expect(backUp([{ engagementId, windowId, responses: 13 }])).rejects.toThrow(
			`holds 12 responses of window ${windowId}, not 13`,
		);
	});

	test('are tried again an hour after a backup failed, not before', async () => {
		const { sut } = await openedWindow();
		let tries = 0;
		const job = destroyKeysJob(sut.deps, () => {
			tries += 1;
			return tries === 1
				? Promise.reject(new Error('disk full'))
				: Promise.resolve({ verified: true });
		});
		await expect(job()).rejects.toThrow('disk full');
		await job();
		expect([tries, await epochKeys()]).toEqual([1, [expect.anything()]]);
		sut.travelTo('2026-01-15T13:00:00Z');
		await job();
		expect([tries, await epochKeys()]).toEqual([2, []]);
	});
});
