import { mkdir, mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { gunzipSync } from 'node:zlib';
import { countRows, openDatabase } from '@throughline/db';
import { createTestDatabase, describeOnBothDatabases } from '@throughline/db/testing';
import { afterAll, beforeAll, expect, test, vi } from 'vitest';
import { deleteRecording } from '../actions/delete-recording.ts';
import { openEnvelopes } from '../actions/open-envelopes.ts';
import { backupFolder, backUpServer, makeBackup } from '../backup/backup-folder.ts';
import { reapplyTombstones } from '../backup/reapply-tombstones.ts';
import { restoreBackup } from '../backup/restore-backup.ts';
import { readTombstones, writeTombstones } from '../backup/tombstone-file.ts';
import { readConfig } from '../config.ts';
import { backUpAndLoad } from '../jobs/back-up-and-load.ts';
import { destroyKeysJob } from '../jobs/destroy-keys-job.ts';
import { recordingFiles } from '../recordings/recording-files.ts';
import { verifyRelease } from '../releases/verify-release.ts';
import { createResultsReader } from '../results/read-window.ts';
import { loadSample } from '../sample/load/load-sample.ts';
import { fileKeys } from '../system/keys.ts';
import { seedStudentWindow } from '../testing/seed-student-window.ts';
import { closeWindow, submitSealed } from '../testing/submit-sealed.ts';
import { testApp } from '../testing/test-app.ts';
import { withdrawSeat } from '../withdrawal/withdraw-seat.ts';

const CANARY = 'only the canary knows the way to the bus';

vi.setConfig({ testTimeout: 240_000, hookTimeout: 240_000 });

describeOnBothDatabases('the drill: back up, lose everything, restore', (getDatabase, mode) => {
	let folder: string;
	let sut: ReturnType<typeof testApp>;
	let before: string;
	let after: string;
	let counts: Record<'before' | 'after', Record<string, number>>;
	let seat: { engagementId: string; sessionId: string; seatId: string };
	let recording: { engagementId: string; recordingId: string };
	let window: { engagementId: string; windowId: string };
	let epochKey: Buffer;
	const seconds: Record<string, string> = {};

	async function timed<T>(name: string, work: () => Promise<T>): Promise<T> {
		const began = performance.now();
		const result = await work();
		seconds[name] = ((performance.now() - began) / 1000).toFixed(1);
		return result;
	}

	beforeAll(async () => {
		const { db } = getDatabase();
		folder = await mkdtemp(join(tmpdir(), 'throughline-drill-'));
		const config = readConfig(
			{ LOG_LEVEL: 'silent', DATA_DIR: folder, ALLOW_EMBEDDED_STUDENT_SURVEYS: '1' },
			{ isSampleWanted: false },
		);
		sut = testApp(db, { config, keys: await fileKeys(folder), clock: () => new Date() });
		await loadSample(sut.deps);
		seat = await db
			.selectFrom('excerpt as e')
			.innerJoin('turn_span_seat as s', 's.span_id', 'e.source_id')
			.select(['e.engagement_id as engagementId', 's.seat_id as seatId'])
			.select((expression) => expression.ref('e.session_id').$notNull().as('sessionId'))
			.where('e.session_id', 'is not', null)
			// In the sample somebody took words back already.
			.where('e.withdrawn_at', 'is', null)
			.orderBy('e.id')
			.limit(1)
			.executeTakeFirstOrThrow();
		recording = await addRecording();
		const seeded = await seedStudentWindow(db, sut.deps, { codes: [12, 0, 0] });
		window = { engagementId: seeded.engagementId, windowId: seeded.windowId };
		const students = seeded.codes.north9.map((code) => ({ code, values: { Q3: CANARY } }));
		await submitSealed(db, sut.deps, { ...seeded, students });
		await closeWindow(db, window.windowId);
		const [name = ''] = (await readdir(join(folder, 'keys'))).filter((each) =>
			each.startsWith(`epoch-${window.windowId}`),
		);
		epochKey = await readFile(join(folder, 'keys', name));

		before = join(folder, 'elsewhere', 'before.backup');
		await mkdir(join(folder, 'elsewhere'));
		const options = { passphrase: null, recordings: recordingFiles(folder) };
		const now = new Date();
		counts = { before: await countRows(db), after: {} };
		await timed('back up and verify', () =>
			makeBackup(getDatabase(), { ...options, file: before, now }),
		);

		await withdrawSeat(sut.deps, seat, { choice: 'everything', language: 'en', witnessId: null });
		await deleteRecording(sut.deps, { ...recording, personId: null, why: 'by_hand' });
		await openEnvelopes(sut.deps, window);
		const backUp =
			mode === 'server'
				? backUpServer(getDatabase(), sut.deps)
				: backUpAndLoad(getDatabase(), sut.deps);
		await destroyKeysJob(sut.deps, backUp)();
		await writeTombstones(db, backupFolder(config));
		after = join(folder, 'elsewhere', 'after.backup');
		counts.after = await countRows(db);
		await makeBackup(getDatabase(), { ...options, file: after, now });
	});
	afterAll(async () => {
		await sut.deps.suggestions.stop();
		await rm(folder, { recursive: true, force: true });
	});

	async function addRecording(): Promise<typeof recording> {
		const { db } = getDatabase();
		const id = sut.deps.random.uuid7();
		const key = { engagementId: seat.engagementId, recordingId: id };
		await db
			.insertInto('recording')
			.values({
				engagement_id: seat.engagementId,
				id,
				session_id: seat.sessionId,
				label: 'Table',
				mime: 'audio/webm',
				status: 'ready',
				started_at: new Date(),
				offset_ms: 0,
				manifest: '{}',
				delete_after: '2099-01-01',
			})
			.execute();
		const file = recordingFiles(folder).original(key);
		await mkdir(join(file, '..'), { recursive: true });
		await writeFile(file, Buffer.alloc(300_000, 'sound'));
		return key;
	}

	/** A new database and a new data folder, restored from a backup; the keys are those there are. */
	async function restored(
		file: string,
		tombstones: Awaited<ReturnType<typeof readTombstones>>,
		check: (copy: ReturnType<typeof testApp>, dataDir: string) => Promise<void>,
	): Promise<void> {
		const place = await createTestDatabase(mode);
		const handle = await openDatabase(place.config, { purpose: 'tests' });
		const dataDir = await mkdtemp(join(folder, 'data-'));
		try {
			const config = { ...sut.deps.config, DATA_DIR: dataDir };
			await timed('restore', () =>
				restoreBackup(handle.db, {
					file,
					passphrase: null,
					isReplaced: false,
					tombstones,
					recordings: recordingFiles(dataDir),
				}),
			);
			await check(testApp(handle.db, { config, keys: sut.deps.keys }), dataDir);
		} finally {
			await handle.close();
			await place.remove();
		}
	}

	const canaries = (db: ReturnType<typeof getDatabase>['db']) =>
		db
			.selectFrom('response')
			.select(['id', 'answers'])
			.where('window_id', '=', window.windowId)
			.execute();

	test('every row is there again, and a release can be verified', async () => {
		await restored(before, [], async ({ deps: { db } }, dataDir) => {
			expect(await countRows(db)).toEqual(counts.before);
			const sound = await readFile(recordingFiles(dataDir).original(recording));
			expect(sound.equals(Buffer.alloc(300_000, 'sound'))).toBe(true);
			const release = await db
				.selectFrom('release')
				.select(['engagement_id as engagementId', 'id as releaseId'])
				.executeTakeFirstOrThrow();
			const verified = await timed('verify a release', () =>
				verifyRelease(db, createResultsReader(db), release),
			);
			expect(verified).toMatchObject({ differences: [], broken: [] });
			expect(verified.figures).toBeGreaterThan(10);
		});
		process.stdout.write(`drill (${mode}), seconds: ${JSON.stringify(seconds)}\n`);
	});

	test('what was taken back, deleted or shredded since stays gone', async () => {
		const tombstones = await readTombstones(join(folder, 'backups'));
		await restored(before, tombstones, async ({ deps }, dataDir) => {
			const { db } = deps;
			const excerpts = () =>
				db
					.selectFrom('excerpt as e')
					.innerJoin('turn_span_seat as s', 's.span_id', 'e.source_id')
					.select('e.withdrawn_at')
					.where('s.seat_id', '=', seat.seatId)
					.execute();
			// The control: until it is taken back again, the backup has brought it back.
			expect((await excerpts()).some((excerpt) => excerpt.withdrawn_at === null)).toBe(true);
			const done = await reapplyTombstones(deps);
			expect(done.tombstones).toBeGreaterThan(3);
			expect(done.lostResponses).toEqual([{ windowId: window.windowId, envelopes: 12 }]);
			expect((await excerpts()).every((excerpt) => excerpt.withdrawn_at !== null)).toBe(true);
			expect(await readdir(recordingFiles(dataDir).folderOf(recording)).catch(() => [])).toEqual(
				[],
			);
			const { status } = await db
				.selectFrom('recording')
				.select('status')
				.where('id', '=', recording.recordingId)
				.executeTakeFirstOrThrow();
			expect(status).toBe('deleted');
			const sealed = await db
				.selectFrom('envelope')
				.select('id')
				.where('window_id', '=', window.windowId)
				.execute();
			expect(sealed).toEqual([]);
			expect(await reapplyTombstones(deps)).toEqual({ tombstones: 0, lostResponses: [] });
		});
	});

	test('answers that were opened are in the backup made after it, and their key is destroyed', async () => {
		await restored(after, [], async ({ deps: { db } }) => {
			expect(await countRows(db)).toEqual(counts.after);
			const rows = await canaries(db);
			expect(rows).toHaveLength(12);
			expect(rows).toEqual(expect.arrayContaining(await canaries(getDatabase().db)));
			expect(JSON.stringify(rows)).toContain(CANARY);
		});
		const left = [
			...(await readdir(join(folder, 'keys'))),
			...(await readdir(join(folder, 'keys-copy'))),
		];
		expect(left.filter((name) => name.startsWith(`epoch-${window.windowId}`))).toEqual([]);
	});

	test('no backup holds a key or an answer nobody had opened', async () => {
		const pepper = await readFile(join(folder, 'keys', 'pepper'));
		const contentOf = async (file: string) => {
			const bytes = await readFile(file);
			return gunzipSync(bytes.subarray(bytes.indexOf('\n') + 1));
		};
		for (const file of [before, after]) {
			const content = await contentOf(file);
			for (const key of [epochKey, pepper]) {
				expect(content.includes(key)).toBe(false);
				expect(content.includes(key.toString('hex'))).toBe(false);
			}
		}
		expect((await contentOf(before)).includes(CANARY)).toBe(false);
		expect((await contentOf(after)).includes(CANARY)).toBe(true);
	});
});
