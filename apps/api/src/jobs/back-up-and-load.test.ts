import { mkdtemp, readdir, readFile, rm, stat, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { gunzipSync } from 'node:zlib';
import { openDatabase } from '@throughline/db';
import { describeOn } from '@throughline/db/testing';
import { afterAll, beforeAll, beforeEach, expect, test, vi } from 'vitest';
import { newestBackupAt } from '../backup/backup-folder.ts';
import { restoreAnyBackup } from '../backup/restore-any-backup.ts';
import { readConfig } from '../config.ts';
import { seedEngagement } from '../testing/seed-engagement.ts';
import { backUpAndLoad } from './back-up-and-load.ts';

const CANARY = 'the canary sings in the hallway';

// A database is made and opened several times; a busy machine takes a while over that.
vi.setConfig({ testTimeout: 240_000, hookTimeout: 240_000 });

describeOn('embedded', 'an hourly backup of the embedded database', (getDatabase) => {
	let folder: string;
	let backups: string;
	let phrase: string;
	beforeAll(async () => {
		folder = await mkdtemp(join(tmpdir(), 'throughline-hourly-'));
		phrase = join(folder, 'phrase');
		await writeFile(phrase, 'seven quiet buses wait outside\n');
		backups = getDatabase().embedded?.folder.backups ?? '';
		const { db } = getDatabase();
		await seedEngagement(db);
		await db.updateTable('district').set({ name: CANARY }).execute();
	});
	afterAll(() => rm(folder, { recursive: true, force: true }));
	beforeEach(() => rm(backups, { recursive: true, force: true }));

	async function make(passphraseFile?: string): Promise<string> {
		const config = { ...(passphraseFile && { BACKUP_PASSPHRASE_FILE: passphraseFile }) };
		await backUpAndLoad(getDatabase(), { config })([]);
		const names = await readdir(backups);
		expect(names).toHaveLength(1);
		return join(backups, names[0] ?? '');
	}

	async function restore(file: string, passphraseFile?: string) {
		const env = {
			LOG_LEVEL: 'silent',
			DATA_DIR: await mkdtemp(join(folder, 'data-')),
			...(passphraseFile && { BACKUP_PASSPHRASE_FILE: passphraseFile }),
		};
		const config = readConfig(env, { isSampleWanted: false });
		const request = { config, file, isReplaced: false, tombstoneFolders: [] };
		return { dataDir: config.DATA_DIR, done: await restoreAnyBackup(request).catch(errorOf) };
	}

	async function districts(dataDir: string) {
		const handle = await openDatabase({ dataDir }, { purpose: 'tests' });
		try {
			return await handle.db.selectFrom('district').select('name').execute();
		} finally {
			await handle.close();
		}
	}

	test('is sealed where there is a passphrase, and restores with it alone', async () => {
		const file = await make(phrase);
		expect(file).toMatch(/throughline-\d{8}T\d{6}Z\.tar\.gz\.sealed$/);
		expect((await stat(file)).mode & 0o077).toBe(0);
		expect(await newestBackupAt(backups)).toEqual((await stat(file)).mtime);
		const bytes = await readFile(file);
		expect(bytes.includes(CANARY)).toBe(false);
		expect(() => gunzipSync(bytes.subarray(bytes.indexOf('\n') + 1))).toThrow();

		const without = await restore(file);
		expect(without.done).toMatchObject({
			code: 'backup_locked',
			message: expect.stringContaining('BACKUP_PASSPHRASE_FILE'),
		});
		expect(await readdir(without.dataDir)).toEqual(['run']);
		const other = join(folder, 'other');
		await writeFile(other, 'seven quiet buses wait inside\n');
		expect((await restore(file, other)).done).toMatchObject({
			code: 'backup_locked',
			message: expect.stringContaining('not the one'),
		});
		const { dataDir } = await restore(file, phrase);
		expect(await districts(dataDir)).toEqual([{ name: CANARY }]);
	});

	test('that is sealed and damaged is found out', async () => {
		const file = await make(phrase);
		const good = await readFile(file);
		const flipped = Buffer.from(good);
		flipped.writeUInt8(flipped.readUInt8(good.length >> 1) ^ 1, good.length >> 1);
		for (const bytes of [flipped, good.subarray(0, good.length - 40)]) {
			await writeFile(file, bytes);
			expect((await restore(file, phrase)).done).toMatchObject({ code: 'backup_unreadable' });
		}
	});

	test('is open without a passphrase, and still restores once there is one (the control)', async () => {
		const file = await make();
		expect(file).toMatch(/\.tar\.gz$/);
		expect(gunzipSync(await readFile(file)).includes(CANARY)).toBe(true);
		for (const passphraseFile of [phrase, join(folder, 'lost')]) {
			const { dataDir } = await restore(file, passphraseFile);
			expect(await districts(dataDir)).toEqual([{ name: CANARY }]);
		}
	});

	test('is not made in the open when its passphrase cannot be read', async () => {
		const making = backUpAndLoad(getDatabase(), {
			config: { BACKUP_PASSPHRASE_FILE: join(folder, 'none') },
		});
		await expect(making([])).rejects.toThrow('BACKUP_PASSPHRASE_FILE');
		expect(await readdir(backups).catch(() => [])).toEqual([]);
	});

	test.each(['sealed', 'open'])('has its name only when it was loaded (%s)', async (kind) => {
		const seen: Record<string, string[]> = {};
		const outside = {
			config: { ...(kind === 'sealed' && { BACKUP_PASSPHRASE_FILE: phrase }) },
			steps: [] as Promise<void>[],
			afterStep(step: string) {
				outside.steps.push(readdir(backups).then((names) => void (seen[step] = names)));
			},
		};
		const missing = { engagementId: CANARY_ID, windowId: CANARY_ID, responses: 1 };
		const failing = backUpAndLoad(getDatabase(), outside)([missing]);
		await expect(failing).rejects.toThrow('holds 0 responses');
		await Promise.all(outside.steps);
		expect(seen).toEqual({ written: [expect.stringMatching(/\.\d+\.part$/)] });
		expect(await readdir(backups)).toEqual([]);
		expect(await newestBackupAt(backups)).toBeNull();
	});
});

const CANARY_ID = '0193d5f2-7a5b-7000-8000-000000000000';

function errorOf(error: unknown): unknown {
	return error;
}
