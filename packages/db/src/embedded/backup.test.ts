import { createReadStream } from 'node:fs';
import { cp, readdir, readFile, rm, stat, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { gunzipSync, gzipSync } from 'node:zlib';
import { expect, test } from 'vitest';
import { openDatabase } from '../open.ts';
import { describeOn } from '../testing/index.ts';
import { makeTemporaryFolder } from '../testing/temporary-folder.ts';
import { backupEmbedded, keptBackups, restoreEmbedded, type Seal, verifyBackup } from './backup.ts';

describeOn('embedded', 'a backup', (getDatabase) => {
	async function withFolder(use: (folder: string) => Promise<void>): Promise<void> {
		const folder = await makeTemporaryFolder('backup');
		try {
			await use(folder);
		} finally {
			await rm(folder, { recursive: true, force: true });
		}
	}

	test('taken while people write holds every row acknowledged before it, and restores', () =>
		withFolder(async (folder) => {
			const { pool } = getDatabase();
			await pool.query('create table diary (id int primary key, text text)');
			let written = 0;
			let isEnough = false;
			const writing = (async () => {
				for (; !isEnough; written += 1) {
					await pool.query('insert into diary values ($1, $2)', [written, 'ñ'.repeat(500)]);
				}
			})();
			await expect.poll(() => written).toBeGreaterThan(50);
			const before = written;
			const file = join(folder, 'mine.tar.gz');
			const backup = await backupEmbedded(getDatabase(), { file });
			isEnough = true;
			await writing;
			expect(backup).toMatchObject({ file });
			expect(backup.files).toBeGreaterThan(100);
			expect((await stat(file)).mode & 0o077).toBe(0);
			expect(await readdir(folder)).toEqual(['mine.tar.gz']);

			const dataDir = join(folder, 'restored');
			expect(await restoreEmbedded(dataDir, file)).toEqual({
				files: backup.files,
				bytes: backup.bytes,
			});
			const restored = await openDatabase({ dataDir });
			const found = await restored.pool.query('select count(*) as n, max(id) as last from diary');
			await restored.close();
			expect(found.rows[0].n).toBe(found.rows[0].last + 1);
			expect(found.rows[0].n).toBeGreaterThanOrEqual(before);
		}));

	test('can be taken by a command beside the server', () =>
		withFolder(async (folder) => {
			const attached = await openDatabase(getDatabase().config, { attach: true });
			const backup = await backupEmbedded(attached, { file: join(folder, 'a.tar.gz') });
			await attached.close();
			expect(await verifyBackup(backup.file)).toEqual({ files: backup.files, bytes: backup.bytes });
		}));

	test('goes to the data folder, where old ones make room', async () => {
		const handle = getDatabase();
		const backups = handle.embedded?.folder.backups ?? '';
		await backupEmbedded(handle, { now: () => new Date(Date.UTC(2026, 10, 23, 1)) });
		const [first = ''] = await readdir(backups);
		expect(first).toBe('throughline-20261123T010000Z.tar.gz');
		const later = Array.from(
			{ length: 48 },
			(_, second) => `throughline-20261123T0200${String(second).padStart(2, '0')}Z.tar.gz`,
		);
		// What an earlier release found wanting takes no place of a good one.
		const wanting = 'throughline-20261123T030000Z.tar.gz.unusable';
		const all = [wanting, ...later.slice(1)];
		await Promise.all(all.map((name) => writeFile(join(backups, name), '')));
		await backupEmbedded(handle, { now: () => new Date(Date.UTC(2026, 10, 23, 2)) });
		expect((await readdir(backups)).sort()).toEqual([...later, wanting]);
	});

	test('stays for 48 times, and the last of a day for 14 days', () => {
		const names = Array.from({ length: 24 * 30 }, (_, hour) => {
			const at = new Date(Date.UTC(2026, 10, 1, hour)).toISOString();
			return `throughline-${at.slice(0, 13).replace(/-/g, '')}0000Z.tar.gz`;
		});
		const kept = [...keptBackups(names)].sort();
		expect(kept).toHaveLength(48 + 12);
		expect(kept[0]).toBe('throughline-20261117T230000Z.tar.gz');
	});

	test('has no name before it was verified, and none when that failed', () =>
		withFolder(async (folder) => {
			const file = join(folder, 'a.tar.gz');
			const run = getDatabase().embedded?.folder.run ?? '';
			const seen: string[][] = [];
			const making = backupEmbedded(getDatabase(), {
				file,
				verify: async (unnamed) => {
					seen.push(await readdir(folder), await readdir(run));
					expect((await verifyBackup(unnamed)).files).toBeGreaterThan(100);
					throw new Error('It holds 11 of 12.');
				},
			});
			await expect(making).rejects.toThrow('11 of 12');
			const [beside = [], running = []] = seen;
			expect(beside).toHaveLength(1);
			expect(beside).not.toContain('a.tar.gz');
			expect(running.filter((name) => name.endsWith('.tar'))).toEqual([]);
			expect(await readdir(folder)).toEqual([]);
		}));

	test('passes through its seal in pieces, and opens with it alone', () =>
		withFolder(async (folder) => {
			let pieces = 0;
			async function* flipped(content: AsyncIterable<Buffer>): AsyncGenerator<Buffer> {
				for await (const bytes of content) {
					pieces += 1;
					yield Buffer.from(bytes.map((byte) => byte ^ 0xff));
				}
			}
			const seal: Seal = {
				ending: '.sealed',
				close: flipped,
				open: (file) => flipped(createReadStream(file)),
			};
			const file = join(folder, 'a.tar.gz.sealed');
			const { files } = await backupEmbedded(getDatabase(), { file, seal });
			expect(pieces).toBeGreaterThan(10);
			await expect(verifyBackup(file)).rejects.toMatchObject({ code: 'backup_unreadable' });
			const dataDir = join(folder, 'restored');
			expect(await restoreEmbedded(dataDir, file, { seal })).toMatchObject({ files });
		}));

	test('that is damaged anywhere is found out', () =>
		withFolder(async (folder) => {
			const { file } = await backupEmbedded(getDatabase(), { file: join(folder, 'a.tar.gz') });
			const good = await readFile(file);
			const tar = gunzipSync(good);
			const damaged = join(folder, 'damaged.tar.gz');
			const flipped = Buffer.from(good);
			flipped.writeUInt8(flipped.readUInt8(good.length >> 1) ^ 1, good.length >> 1);
			const cases = {
				'a flipped bit': flipped,
				'cut short': good.subarray(0, good.length - 1_000),
				'a tar without its end': gzipSync(tar.subarray(0, tar.length - 1_024), { level: 1 }),
				'a tar cut inside a file': gzipSync(tar.subarray(0, tar.length >> 1), { level: 1 }),
				'no tar': gzipSync('hello'),
				empty: Buffer.alloc(0),
			};
			for (const [name, bytes] of Object.entries(cases)) {
				await writeFile(damaged, bytes);
				await expect(verifyBackup(damaged), name).rejects.toMatchObject({
					code: 'backup_unreadable',
				});
			}
			await expect(verifyBackup(join(folder, 'none'))).rejects.toMatchObject({
				code: 'backup_unreadable',
			});
		}));

	test('that cannot be read leaves no database behind', () =>
		withFolder(async (folder) => {
			const dataDir = join(folder, 'restored');
			const file = join(folder, 'bad.tar.gz');
			await writeFile(file, gzipSync('hello'));
			const restoring = restoreEmbedded(dataDir, file);
			await expect(restoring).rejects.toMatchObject({ code: 'backup_unreadable' });
			expect(await readdir(dataDir)).toEqual(['run']);
		}));

	test('is never restored over a database, in use or not', () =>
		withFolder(async (folder) => {
			const { file } = await backupEmbedded(getDatabase(), { file: join(folder, 'a.tar.gz') });
			const used = getDatabase().embedded?.folder.root ?? '';
			await expect(restoreEmbedded(used, file)).rejects.toMatchObject({
				code: 'data_folder_in_use',
			});
			const dataDir = join(folder, 'other');
			await cp(join(used, 'database', 'VERSION'), join(dataDir, 'database', 'VERSION'));
			await expect(restoreEmbedded(dataDir, file)).rejects.toMatchObject({
				code: 'data_folder_not_empty',
			});
		}));

	test('that fails in the middle leaves nothing behind and the database free', () =>
		withFolder(async (folder) => {
			const file = join(folder, 'missing', 'a.tar.gz');
			await expect(backupEmbedded(getDatabase(), { file })).rejects.toThrow('ENOENT');
			expect((await getDatabase().pool.query('select 1 as one')).rows).toEqual([{ one: 1 }]);
		}));
});

describeOn('server', 'a backup', (getDatabase) => {
	test('of a server is left to the server', async () => {
		await expect(backupEmbedded(getDatabase())).rejects.toMatchObject({
			code: 'backup_impossible',
		});
	});
});
