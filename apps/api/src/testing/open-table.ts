import { insertDevice } from '@throughline/db/queries/project-device';
import type { Schema } from '@throughline/db/schema';
import type { Kysely } from 'kysely';
import { randomBytes } from 'node:crypto';
import { mkdtemp, readdir, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { readConfig } from '../config.ts';
import { hashDeviceToken } from '../dialogs/device-of.ts';
import { hearTones } from './hear-tones.ts';
import { seedDialogRoom } from './seed-dialog-room.ts';
import { recorderOf, type SentSegment } from './send-recording.ts';
import { staff, testApp } from './test-app.ts';
import { toneWav } from './tone.ts';

/** What each tablet hears, so that one can tell whose sound it is. */
const [FIRST, SECOND] = [440, 1000];
const HEARD = 0.3;
const SILENT = 0.01;

type CutReason = 'asked' | 'withdrawn' | 'redacted';
interface Beside {
	tableNo?: number;
	gaps?: { startMs: number; endMs: number; reason: string }[];
	cuts?: { id: string; startMs: number; endMs: number }[];
}

/** What the second tablet hears, from one second of the session to another. */
export const secondHears = (from: number, to: number): SentSegment => segment(SECOND, from, to);

/** A gap of the first tablet, in seconds of the session. */
export const gap = (from: number, to: number, reason = 'crash') => [
	{ startMs: from * 1000, endMs: to * 1000, reason },
];

/**
 * A session that runs, and two tablets that record it. The first hears a tone of 440 Hz, from the
 * fifth second to the eleventh and from the 25th to the 31st; the second one of 1000 Hz, from the
 * eighth to the 36th.
 */
export async function openTable(db: Kysely<Schema>, env: { FFMPEG_PATH?: string } = {}) {
	const dataDir = await mkdtemp(join(tmpdir(), 'throughline-table-'));
	const given = { LOG_LEVEL: 'silent', DATA_DIR: dataDir, ...env };
	const sut = testApp(db, { config: readConfig(given, { isSampleWanted: false }) });
	sut.travelTo('2026-01-15T16:00:00Z');
	const room = await seedDialogRoom(db);
	await changeSession({
		recording_mode: 'audio',
		status: 'running',
		started_at: '2026-01-15T15:00:00Z',
	});
	sut.signInAs(staff(room.leadId, room.engagementId, ['facilitator']));
	const base = `/api/engagements/${room.engagementId}/dialogs/${room.sessionId}/recordings`;

	async function close() {
		await sut.deps.recordings.stop();
		await rm(dataDir, { recursive: true, force: true });
	}
	async function changeSession(change: {
		recording_mode?: 'audio';
		status?: 'running';
		started_at?: string;
		ended_at?: string;
	}) {
		await db.updateTable('dialog_session').set(change).where('id', '=', room.sessionId).execute();
	}
	const folderOf = (id: string) => join(dataDir, 'recordings', room.engagementId, id);

	/** A tablet of its own sends what it recorded. */
	async function record(
		label: string,
		segments: SentSegment[],
		more: Beside = {},
	): Promise<string> {
		const token = randomBytes(32).toString('hex');
		await insertDevice(db, {
			engagementId: room.engagementId,
			id: sut.deps.random.uuid7(),
			label,
			personId: room.leadId,
			tokenHash: hashDeviceToken(token),
		});
		const recorder = recorderOf(sut, { ...room, token });
		const whole = Buffer.concat(segments.map(({ bytes }) => bytes));
		const { id } = await recorder.announce(segments, { label, ...more });
		await recorder.begin(id, whole.length);
		await recorder.send(id, 0, whole);
		const { status, body } = await recorder.verify(id, whole);
		if (status !== 200) {
			throw new Error(`The recording was not taken: ${JSON.stringify(body)}`);
		}
		return id;
	}
	/** The first: it hears from 5 to 11 and from 25 to 31. Its copy begins at 5. */
	const recordFirst = (more: Beside = { gaps: gap(11, 25) }) =>
		record('On the table', [segment(FIRST, 5, 11), segment(FIRST, 25, 31)], more);
	/** The second goes on from 8 to 36. */
	const recordSecond = (more: Beside = {}) => record('By the window', [secondHears(8, 36)], more);

	const playable = async (id: string) => {
		const folder = folderOf(id);
		const name = (await readdir(folder)).find((each) => each.startsWith('playable-'));
		return join(folder, name ?? 'there is none');
	};
	/** Who is heard in the copy of a recording between two seconds of the session. */
	async function listen(id: string) {
		await sut.deps.recordings.work();
		const { offsetMs } = await view(id);
		const loudness = await hearTones(await playable(id));
		return (from: number, to: number) => {
			// Not the very edges: the encoder rounds them off.
			const span = [from * 1000 - offsetMs + 100, to * 1000 - offsetMs - 100] as const;
			const [first, second] = [loudness(FIRST, ...span), loudness(SECOND, ...span)];
			if (first < SILENT && second < SILENT) {
				return 'nobody';
			}
			if (first > HEARD && second < SILENT) {
				return 'first';
			}
			return second > HEARD && first < SILENT ? 'second' : { first, second };
		};
	}
	async function view(id: string) {
		const { body } = await sut.send('GET', `${base}/${id}`);
		// What the route promises; a wrong shape fails below.
		return body as { offsetMs: number; durationMs: number; audio: string; merge: { type: string } };
	}
	async function addCut(
		recordingId: string,
		[startMs, endMs]: [number, number],
		reason: CutReason,
	) {
		await db
			.insertInto('recording_cut')
			.values({
				engagement_id: room.engagementId,
				id: sut.deps.random.uuid7(),
				recording_id: recordingId,
				start_ms: startMs,
				end_ms: endMs,
				reason,
				redaction_id: null,
			})
			.execute();
	}
	async function addEvent(kind: 'pause' | 'deleted', from: number, to: number) {
		await db
			.insertInto('dialog_event')
			.values({
				engagement_id: room.engagementId,
				id: sut.deps.random.uuid7(),
				session_id: room.sessionId,
				kind,
				start_ms: from * 1000,
				end_ms: to * 1000,
				prompt_key: null,
				seat_id: null,
				table_no: null,
				reason: '',
			})
			.execute();
	}

	async function addTranscript(recordingId: string, status: 'draft' | 'checked'): Promise<string> {
		const id = sut.deps.random.uuid7();
		await db
			.insertInto('transcript')
			.values({
				engagement_id: room.engagementId,
				id,
				session_id: room.sessionId,
				recording_id: recordingId,
				source: 'webvtt',
				language: 'en',
				offset_ms: 0,
				report: '{}',
				status,
				version: 1,
				updated_at: '2026-01-15T16:00:00Z',
			})
			.execute();
		return id;
	}
	async function statusOf(id: string): Promise<string> {
		const { status } = await db
			.selectFrom('recording')
			.select('status')
			.where('id', '=', id)
			.executeTakeFirstOrThrow();
		return status;
	}

	/** A seat says yes before the session, and no or yes again at seconds of it. */
	async function addConsent(said: readonly (readonly [boolean, number])[]) {
		const { id: seatId } = await db
			.selectFrom('dialog_seat')
			.select('id')
			.where('session_id', '=', room.sessionId)
			.orderBy('position')
			.executeTakeFirstOrThrow();
		const wordsHash = 'a'.repeat(64);
		await db
			.updateTable('dialog_seat')
			.set({ taken_at: '2026-01-15T14:55:00Z' })
			.where('id', '=', seatId)
			.execute();
		await db
			.insertInto('consent_words')
			.values({
				engagement_id: room.engagementId,
				words_hash: wordsHash,
				language: 'en',
				words: 'May we record you?',
			})
			.execute();
		for (const [isGiven, second] of said) {
			await db
				.insertInto('consent_entry')
				.values({
					engagement_id: room.engagementId,
					id: sut.deps.random.uuid7(),
					session_id: room.sessionId,
					seat_id: seatId,
					scope: 'recorded',
					source: 'student',
					is_given: isGiven,
					language: 'en',
					words_hash: wordsHash,
					witness_id: null,
					said_at: new Date(Date.parse('2026-01-15T15:00:00Z') + second * 1000),
				})
				.execute();
		}
	}
	return {
		sut,
		base,
		room,
		close,
		changeSession,
		folderOf,
		record,
		recordFirst,
		recordSecond,
		playable,
		listen,
		view,
		addCut,
		addEvent,
		addConsent,
		addTranscript,
		statusOf,
	};
}

function segment(hertz: number, from: number, to: number): SentSegment {
	return { bytes: toneWav(to - from, hertz), startMs: from * 1000, endMs: to * 1000 };
}
