import { mkdtemp, readFile, rm, stat, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { gunzipSync } from 'node:zlib';
import { countRows, openDatabase } from '@throughline/db';
import { recordNight } from '@throughline/db/queries/night-job';
import { createTestDatabase, describeOnBothDatabases } from '@throughline/db/testing';
import { sql } from 'kysely';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { systemRandom } from '../system/random.ts';
import { seedStudentWindow } from '../testing/seed-student-window.ts';
import { testApp } from '../testing/test-app.ts';
import { submitSealed } from '../testing/submit-sealed.ts';
import { makeBackup } from './backup-folder.ts';
import { readBackup } from './read-backup.ts';
import { restoreBackup } from './restore-backup.ts';
import { verifyBackup } from './verify-backup.ts';
import { writeBackup } from './write-backup.ts';

const PASSPHRASE = 'seven quiet buses wait outside';
const CANARY = 'the canary sings in the hallway';

describeOnBothDatabases('a backup', (getDatabase, mode) => {
	let folder: string;
	let plain: string;
	let sealed: string;
	let engagementId: string;
	beforeAll(async () => {
		folder = await mkdtemp(join(tmpdir(), 'throughline-backup-'));
		const { db } = getDatabase();
		const { deps } = testApp(db);
		const window = await seedStudentWindow(db, deps, { codes: [12, 0, 0] });
		({ engagementId } = window);
		const students = window.codes.north9.map((code) => ({ code, values: { Q3: CANARY } }));
		await submitSealed(db, deps, { ...window, students });
		await sql`
			insert into audit_entry (engagement_id, id, action, target, detail, created_at)
			values (${engagementId}, ${systemRandom.uuid7()}, 'x', ${`ñ\n"\\ ${CANARY}`}, '{"n": 12345678901234567890.125, "u": "\\u2028"}', '2026-01-15T12:00:00.123456Z')
		`.execute(db);
		plain = join(folder, 'plain.backup');
		sealed = join(folder, 'sealed.backup');
		const options = { recordings: null, now: new Date() };
		await writeBackup(db, { ...options, file: plain, passphrase: null });
		await writeBackup(db, { ...options, file: sealed, passphrase: PASSPHRASE });
	});
	afterAll(() => rm(folder, { recursive: true, force: true }));

	async function withFresh<T>(
		use: (handle: Awaited<ReturnType<typeof openDatabase>>) => Promise<T>,
	): Promise<T> {
		const place = await createTestDatabase(mode);
		const handle = await openDatabase(place.config, { purpose: 'tests' });
		try {
			return await use(handle);
		} finally {
			await handle.close();
			await place.remove();
		}
	}

	const restoring = (file: string, passphrase: string | null = null) => ({
		file,
		passphrase,
		isReplaced: false,
		tombstones: [],
		recordings: null,
	});

	/** Every row of every table, as text. */
	async function everything(
		db: Parameters<typeof countRows>[0],
	): Promise<Record<string, string[]>> {
		const found: Record<string, string[]> = {};
		for (const name of Object.keys(await countRows(db))) {
			const { rows } = await sql<{ line: string }>`
				select t::text as line from ${sql.id(name)} t order by 1
			`.execute(db);
			found[name] = rows.map(({ line }) => line);
		}
		return found;
	}

	test.each(['plain', 'sealed'])(
		'restores every row of every table as it was (%s)',
		async (kind) => {
			await withFresh(async ({ db }) => {
				const file = kind === 'plain' ? plain : sealed;
				await restoreBackup(db, restoring(file, kind === 'plain' ? null : PASSPHRASE));
				expect(await everything(db)).toEqual(await everything(getDatabase().db));
			});
		},
	);

	test('keeps the rules of its tables and what is frozen in a restored database', async () => {
		await withFresh(async ({ db }) => {
			await restoreBackup(db, restoring(plain));
			await expect(
				sql`insert into audit_entry (engagement_id, id, action, target, detail)
					values (gen_random_uuid(), gen_random_uuid(), 'x', 'x', '{}')`.execute(db),
			).rejects.toMatchObject({ code: '23503' });
			await expect(
				sql`update survey_version set definition_hash = ${'0'.repeat(64)}`.execute(db),
			).rejects.toMatchObject({ code: '23001' });
		});
	});

	test('goes from one kind of database to the other', async () => {
		expect(await verifyBackup(plain, { passphrase: null })).toMatchObject({ how: 'loaded' });
	});

	test('too large to be loaded is compared part by part', async () => {
		const verified = await verifyBackup(plain, { passphrase: null, mostLoaded: 0 });
		expect(verified.how).toBe('part by part');
	});

	test('is refused by a database that holds data, unless that may go', async () => {
		await withFresh(async ({ db }) => {
			await restoreBackup(db, restoring(plain));
			await sql`delete from access_code`.execute(db);
			const before = await countRows(db);
			await expect(restoreBackup(db, restoring(plain))).rejects.toMatchObject({
				code: 'database_not_empty',
			});
			expect(await countRows(db)).toEqual(before);
			await restoreBackup(db, { ...restoring(plain), isReplaced: true });
			expect(await countRows(db)).toEqual(await countRows(getDatabase().db));
		});
	});

	test('fills a database in which a server ran over night and that holds nothing else', async () => {
		await withFresh(async ({ db }) => {
			await recordNight(db, { name: 'purge', night: '2026-01-15' });
			await restoreBackup(db, restoring(plain));
			expect(await countRows(db)).toEqual(await countRows(getDatabase().db));
		});
	});

	test('that is damaged anywhere is found out and changes nothing', async () => {
		await withFresh(async ({ db }) => {
			const before = await countRows(db);
			for (const [file, passphrase] of [
				[plain, null],
				[sealed, PASSPHRASE],
			] as const) {
				const good = await readFile(file);
				const flipped = Buffer.from(good);
				flipped.writeUInt8(flipped.readUInt8(good.length >> 1) ^ 1, good.length >> 1);
				const end = good.length;
				const cases = {
					'a flipped bit': flipped,
					'cut short': good.subarray(0, end - 40),
					'half of it': good.subarray(0, end >> 1),
					'something behind it': Buffer.concat([good, good.subarray(end - 500)]),
					'no backup': Buffer.from('hello\nworld'),
					empty: Buffer.alloc(0),
				};
				for (const [name, bytes] of Object.entries(cases)) {
					const damaged = join(folder, 'damaged.backup');
					await writeFile(damaged, bytes);
					await expect(
						restoreBackup(db, restoring(damaged, passphrase)),
						`${name} of ${file}`,
					).rejects.toMatchObject({ code: 'backup_unreadable' });
				}
			}
			expect(await countRows(db)).toEqual(before);
		});
	});

	test('that is encrypted opens with its passphrase alone, and tells nothing without', async () => {
		await expect(readBackup({ file: sealed, passphrase: null })).rejects.toMatchObject({
			code: 'backup_locked',
			message: expect.stringContaining('BACKUP_PASSPHRASE_FILE'),
		});
		await expect(readBackup({ file: sealed, passphrase: `${PASSPHRASE}!` })).rejects.toMatchObject({
			code: 'backup_locked',
			message: expect.stringContaining('not the one'),
		});
		const bytes = await readFile(sealed);
		const body = bytes.subarray(bytes.indexOf('\n') + 1);
		expect(() => gunzipSync(body)).toThrow();
		// The control: the same words are found where nothing is sealed.
		const open = await readFile(plain);
		expect(gunzipSync(open.subarray(open.indexOf('\n') + 1)).includes(CANARY)).toBe(true);
		expect(body.includes(CANARY)).toBe(false);
		expect((await stat(sealed)).mode & 0o077).toBe(0);
	});

	test('tells of no row where it lay or when it was written', async () => {
		const { db } = getDatabase();
		const again = join(folder, 'again.backup');
		await sql`create temporary table kept as select * from envelope`.execute(db);
		const reread = async (file: string) => {
			const ids: string[] = [];
			await readBackup(
				{ file, passphrase: null },
				{
					rows: async ({ name }, lines) => {
						ids.push(...(name === 'envelope' ? lines : []));
					},
				},
			);
			return ids;
		};
		await sql`
			with gone as (delete from envelope returning *)
			select count(*) from gone
		`.execute(db);
		await sql`insert into envelope select * from kept order by id desc`.execute(db);
		await sql`drop table kept`.execute(db);
		await writeBackup(db, { file: again, passphrase: null, recordings: null, now: new Date() });
		const lines = await reread(again);
		expect(lines).toHaveLength(12);
		expect(lines).toEqual(await reread(plain));
	});

	test('that does not hold the responses it should is not kept (the control)', async () => {
		const file = join(folder, 'missing.backup');
		const making = makeBackup(getDatabase(), {
			file,
			passphrase: null,
			recordings: null,
			now: new Date(),
			holds: [{ engagementId, windowId: engagementId, responses: 1 }],
		});
		await expect(making).rejects.toThrow('holds 0 responses');
		await expect(stat(file)).rejects.toThrow('ENOENT');
	});
});
