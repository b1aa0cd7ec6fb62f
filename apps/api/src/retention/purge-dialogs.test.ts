import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { countRows, openDatabase } from '@throughline/db';
import { everyTombstone, readTombstones, writeTombstones } from '../backup/tombstone-file.ts';
import { createTestDatabase, describeOnBothDatabases } from '@throughline/db/testing';
import { beforeEach, expect, test } from 'vitest';
import { makeBackup } from '../backup/backup-folder.ts';
import { reapplyTombstones } from '../backup/reapply-tombstones.ts';
import { restoreBackup } from '../backup/restore-backup.ts';
import { recordingFiles } from '../recordings/recording-files.ts';
import { seedEngagement, seedPerson } from '../testing/seed-engagement.ts';
import { seedHeldDialog } from '../testing/seed-held-dialog.ts';
import { staff, testApp } from '../testing/test-app.ts';
import { purge } from './purge.ts';
import { defaultSchedule, type Kind, type Schedule } from './schedule.ts';

/** The session ended on 2026-01-10. */
const [YEAR_LESS, YEAR_AND_A_DAY] = ['2027-01-09T12:00:00Z', '2027-01-11T12:00:00Z'];
const SIX_YEARS = '2032-01-11T12:00:00Z';

describeOnBothDatabases('what was kept of dialog sessions', (getDatabase, mode) => {
	let sut: ReturnType<typeof testApp>;
	let engagementId: string;
	let adultId: string;
	let dialog: Awaited<ReturnType<typeof seedHeldDialog>>;

	beforeEach(async () => {
		const { db } = getDatabase();
		sut = testApp(db);
		const seeded = await seedEngagement(db);
		({ engagementId } = seeded);
		adultId = await seedPerson(db, {
			engagementId,
			email: `adult-${engagementId}@example.org`,
			roles: ['safety_responder'],
		});
		dialog = await seedHeldDialog(sut.deps, {
			engagementId,
			siteId: seeded.north.id,
			key: 'ds-01',
			seats: ['Voice A', 'Voice B'],
			said: ['The bus is late.', 'Lunch is short.', 'The gym is cold.', 'Doors are locked.'].map(
				(text) => ({ seats: ['Voice A'], text }),
			),
		});
	});

	const own = () => ({ engagement_id: engagementId, id: sut.deps.random.uuid7() });

	/** What a purge of these kinds alone does at a time; other tests leave rows in the same database. */
	async function purgeAt(time: string, kind: Exclude<Kind, 'audit'>, isDry = false) {
		sut.travelTo(time);
		const never: Schedule = { ...defaultSchedule };
		for (const each of Object.keys(never) as Kind[]) {
			never[each] = { days: null, basis: 'x' };
		}
		const schedule = { ...never, [kind]: defaultSchedule[kind] };
		return await purge(sut.deps, { schedule, isDry });
	}

	async function left(table: 'dialog_note' | 'safety_flag' | 'consent_entry' | 'project_device') {
		const rows = await getDatabase()
			.db.selectFrom(table)
			.select('id')
			.where('engagement_id', '=', engagementId)
			.execute();
		return rows.map(({ id }) => id);
	}

	async function addNote(sessionId = dialog.sessionId): Promise<string> {
		const key = own();
		await getDatabase()
			.db.insertInto('dialog_note')
			.values({
				...key,
				...{ session_id: sessionId, prompt_key: null, seat_id: null, table_no: 1, at_ms: 1000 },
				...{ text: 'Table one wants later buses.', is_exact: false, language: 'en' },
				...{ version: 1, deleted_at: null },
			})
			.execute();
		return key.id;
	}

	async function addFlag(closedAt: string | null): Promise<string> {
		const key = own();
		await getDatabase()
			.db.insertInto('safety_flag')
			.values({
				...key,
				...{ session_id: dialog.sessionId, to_person_id: adultId, raised_by: null, at_ms: 1 },
				...{ body: Buffer.from('sealed'), seen_at: closedAt, closed_at: closedAt },
			})
			.execute();
		return key.id;
	}

	/** Another session of the engagement, without a word of it. */
	async function addSession(status: 'planned' | 'cancelled' | 'held'): Promise<string> {
		const { db } = getDatabase();
		const { id } = own();
		const first = await db
			.selectFrom('dialog_session')
			.selectAll()
			.where('id', '=', dialog.sessionId)
			.executeTakeFirstOrThrow();
		const { created_at: _, ...values } = first;
		const names = { key: id, slip_code: id };
		await db
			.insertInto('dialog_session')
			.values({ ...values, ...names, id, status, started_at: null, ended_at: null })
			.execute();
		return id;
	}

	test('notes go a year after the session, and what was made of them stays', async () => {
		const { db } = getDatabase();
		const planned = await addNote(await addSession('planned'));
		const withoutTranscript = await addNote(await addSession('held'));
		await addNote();
		await addNote();
		const before = await countRows(db);
		expect(await purgeAt(YEAR_LESS, 'dialog_notes')).toEqual([]);
		const due = [{ kind: 'dialog_notes', days: 365, rows: 2 }];
		expect(await purgeAt(YEAR_AND_A_DAY, 'dialog_notes', true)).toEqual(due);
		expect(await countRows(db)).toEqual(before);
		expect(await purgeAt(YEAR_AND_A_DAY, 'dialog_notes')).toEqual(due);
		expect(new Set(await left('dialog_note'))).toEqual(new Set([planned, withoutTranscript]));
		const { turn, turn_span, excerpt, transcript } = before;
		expect(await countRows(db)).toMatchObject({ turn, turn_span, excerpt, transcript });
	});

	test('flags go a year after they were closed; one that waits for somebody stays', async () => {
		const open = await addFlag(null);
		const late = await addFlag('2026-06-01T12:00:00Z');
		await addFlag('2026-01-10T12:00:00Z');
		expect(await purgeAt(YEAR_AND_A_DAY, 'safety_flags')).toMatchObject([{ rows: 1 }]);
		expect(new Set(await left('safety_flag'))).toEqual(new Set([open, late]));
		// How many students needed help is not told.
		sut.signInAs(staff(adultId, engagementId, ['data_steward']));
		const shown = await sut.send('GET', `/api/engagements/${engagementId}/retention`);
		expect(shown.body).toMatchObject({ purged: [{ kind: 'safety_flags', rows: null }] });
	});

	test('what speakers agreed to stays while anything rests on it', async () => {
		const { db } = getDatabase();
		const cancelled = await addSession('cancelled');
		const entry = await db
			.selectFrom('consent_entry')
			.selectAll()
			.where('session_id', '=', dialog.sessionId)
			.limit(1)
			.executeTakeFirstOrThrow();
		const seat = own();
		const place = { session_id: cancelled, label: 'Voice A', position: 0 };
		await db
			.insertInto('dialog_seat')
			.values({ ...seat, ...place, withdrawn_at: null })
			.execute();
		await db
			.insertInto('consent_entry')
			.values({ ...entry, ...own(), session_id: cancelled, seat_id: seat.id })
			.execute();
		const before = await left('consent_entry');

		expect(await purgeAt('2032-01-01T12:00:00Z', 'consents')).toEqual([]);
		expect(await purgeAt(SIX_YEARS, 'consents')).toMatchObject([{ rows: 1 }]);
		expect(await left('consent_entry')).toHaveLength(before.length - 1);
		// Their words were taken back, their sound is deleted; the transcript is still there.
		const ofSession = (table: 'excerpt' | 'recording') =>
			db.updateTable(table).where('session_id', '=', dialog.sessionId);
		await ofSession('excerpt').set({ withdrawn_at: new Date() }).execute();
		await db
			.updateTable('recording')
			.set({ status: 'deleted' })
			.where('session_id', '=', dialog.sessionId)
			.execute();
		expect(await purgeAt(SIX_YEARS, 'consents')).toEqual([]);
	});

	test('what a group answered goes a year after its link, save about quotes and what waits', async () => {
		const { db } = getDatabase();
		const [quoted = '', approved = '', corrected = '', waiting = ''] = dialog.excerptIds;
		await db
			.insertInto('quote')
			.values({
				...own(),
				...{ excerpt_id: quoted, start_at: 0, end_at: 7, text_hash: 'a'.repeat(64) },
				...{ proposed_by: null, withdrawn_at: null },
			})
			.execute();
		const review = own();
		await db
			.insertInto('group_review')
			.values({
				...review,
				...{ session_id: dialog.sessionId, token_hash: sut.deps.random.bytes(32) },
				...{ open_until: '2026-02-01', closed_at: null, created_by: null },
			})
			.execute();
		const handled = { handled_at: new Date('2026-02-02T12:00:00Z'), handled_by: null };
		const waits = { handled_at: null, handled_by: null };
		const answers = [
			{ excerpt_id: quoted, kind: 'correct' as const, ...handled },
			{ excerpt_id: approved, kind: 'approve' as const, ...waits },
			{ excerpt_id: corrected, kind: 'correct' as const, ...handled },
			{ excerpt_id: waiting, kind: 'withdraw' as const, ...waits },
		];
		await db
			.insertInto('group_answer')
			.values(answers.map((answer) => ({ ...own(), review_id: review.id, text: '', ...answer })))
			.execute();

		expect(await purgeAt('2027-01-31T12:00:00Z', 'group_answers')).toEqual([]);
		// While anything of the session is quoted, that its group has seen it must stay known.
		expect(await purgeAt('2027-02-03T12:00:00Z', 'group_answers')).toEqual([]);
		await db.updateTable('quote').set({ withdrawn_at: new Date() }).execute();
		expect(await purgeAt('2027-02-03T12:00:00Z', 'group_answers')).toMatchObject([{ rows: 3 }]);
		const kept = await db
			.selectFrom('group_answer')
			.select('excerpt_id')
			.where('engagement_id', '=', engagementId)
			.execute();
		expect(kept).toEqual([{ excerpt_id: waiting }]);
	});

	test('a tablet goes a year after its last day, and what it recorded stays', async () => {
		const { db } = getDatabase();
		const device = (seen: string | null, revoked: string | null) => ({
			...own(),
			label: 'Tablet',
			person_id: adultId,
			token_hash: sut.deps.random.bytes(32),
			last_seen_on: seen,
			revoked_at: revoked,
			created_at: new Date('2025-12-01T12:00:00Z'),
		});
		const used = device('2026-06-01', null);
		const revoked = device('2026-01-05', '2026-01-06T12:00:00Z');
		await db
			.insertInto('project_device')
			.values([used, revoked, device(null, null)])
			.execute();
		await db
			.updateTable('recording')
			.set({ device_id: revoked.id })
			.where('id', '=', dialog.recordingId)
			.execute();
		expect(await purgeAt(YEAR_AND_A_DAY, 'devices')).toMatchObject([{ rows: 2 }]);
		expect(await left('project_device')).toEqual([used.id]);
		const recording = await db
			.selectFrom('recording')
			.select('device_id')
			.where('id', '=', dialog.recordingId)
			.executeTakeFirstOrThrow();
		expect(recording.device_id).toBeNull();
	});

	test('a backup that does not know that it was over does not bring it back', async () => {
		const { db } = getDatabase();
		const flag = await addFlag(null);
		const note = await addNote();
		const folder = await mkdtemp(join(tmpdir(), 'throughline-purged-'));
		const place = await createTestDatabase(mode);
		const handle = await openDatabase(place.config, { purpose: 'tests' });
		try {
			const file = join(folder, 'before.backup');
			const recordings = recordingFiles(folder);
			const options = { passphrase: null, recordings };
			await makeBackup(getDatabase(), { ...options, file, now: new Date() });
			const closed_at = new Date('2026-02-01T12:00:00Z');
			await db.updateTable('safety_flag').set({ closed_at }).where('id', '=', flag).execute();
			await purgeAt('2027-03-01T12:00:00Z', 'safety_flags');
			await purgeAt('2027-03-01T12:00:00Z', 'dialog_notes');
			await writeTombstones(db, folder);
			const tombstones = await readTombstones(folder);
			// By id, and without a word.
			expect(JSON.stringify(tombstones)).not.toContain('buses');

			await restoreBackup(handle.db, { ...options, file, isReplaced: false, tombstones });
			const copy = testApp(handle.db, { keys: sut.deps.keys });
			const there = async () => {
				const rows = await Promise.all([
					handle.db.selectFrom('safety_flag').select('id').where('id', '=', flag).execute(),
					handle.db.selectFrom('dialog_note').select('id').where('id', '=', note).execute(),
				]);
				return rows.flat().length;
			};
			expect(await there()).toBe(2);
			expect((await reapplyTombstones(copy.deps)).tombstones).toBeGreaterThanOrEqual(2);
			expect(await there()).toBe(0);
			expect((await reapplyTombstones(copy.deps)).tombstones).toBe(0);
			expect((await everyTombstone(handle.db)).map(({ target }) => target)).toContain(flag);
		} finally {
			await handle.close();
			await place.remove();
			await rm(folder, { recursive: true, force: true });
		}
	}, 240_000);
});
