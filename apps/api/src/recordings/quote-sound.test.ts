import { describeOnBothDatabases } from '@throughline/db/testing';
import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { readConfig } from '../config.ts';
import { seedEngagement, seedPerson } from '../testing/seed-engagement.ts';
import { seedHeldDialog } from '../testing/seed-held-dialog.ts';
import { staff, testApp } from '../testing/test-app.ts';
import { toneWav } from '../testing/tone.ts';
import { decode, isFfmpeg, SAMPLE_RATE } from './ffmpeg.ts';
import { mergeOf } from './merge.ts';
import { prepareAudio } from './prepare-audio.ts';
import { readSessionSound } from './session-sound.ts';

const { signal } = new AbortController();
const hasFfmpeg = await isFfmpeg('ffmpeg');
const TONE = toneWav(60);

describeOnBothDatabases('the sound of a quote', (getDatabase) => {
	let dataDir: string;
	let sut: ReturnType<typeof testApp>;
	let dialog: Awaited<ReturnType<typeof seedHeldDialog>>;
	let engagementId: string;
	let coder: string;

	beforeAll(async () => {
		dataDir = await mkdtemp(join(tmpdir(), 'throughline-quote-'));
	});
	afterAll(() => rm(dataDir, { recursive: true, force: true }));

	beforeEach(async () => {
		const { db } = getDatabase();
		const env = { LOG_LEVEL: 'silent', DATA_DIR: dataDir };
		sut = testApp(db, { config: readConfig(env, { isSampleWanted: false }) });
		const engagement = await seedEngagement(db);
		engagementId = engagement.engagementId;
		const person = (role: string) =>
			seedPerson(db, {
				engagementId,
				email: `${role}-${engagementId}@example.org`,
				roles: ['coder'],
			});
		coder = await person('coder');
		dialog = await seedHeldDialog(sut.deps, {
			engagementId,
			siteId: engagement.north.id,
			key: `ds-${engagementId.slice(-8)}`,
			group: 'Chess club',
			participants: 12,
			seats: ['Voice A', 'Voice B'],
			allows: { 'Voice B': ['recorded', 'transcribed', 'quoted', 'kept'] },
			leadId: await person('lead'),
			said: ['Voice A', 'Voice A', 'Voice B'].map((seat, index) => ({
				seats: [seat],
				text: `Sentence number ${index} was said aloud.`,
			})),
		});
		sut.signInAs(staff(coder, engagementId, ['coder']));
	});

	const base = () => `/api/engagements/${engagementId}/quotes`;

	async function quoteOf(excerpt: number): Promise<string> {
		const { status, body } = await sut.send('POST', base(), {
			excerptId: dialog.excerptIds[excerpt],
			startAt: 0,
			endAt: 8,
		});
		expect(status).toBe(201);
		return (body as { id: string }).id; // what the route promises
	}

	/** The copy to play, as the server makes it: a tone of a minute. */
	async function makeCopy(cuts: { startMs: number; endMs: number }[] = []): Promise<void> {
		const { db } = getDatabase();
		for (const { startMs, endMs } of cuts) {
			await db
				.insertInto('recording_cut')
				.values({
					engagement_id: engagementId,
					id: sut.deps.random.uuid7(),
					recording_id: dialog.recordingId,
					start_ms: startMs,
					end_ms: endMs,
					reason: 'asked',
					redaction_id: null,
				})
				.execute();
		}
		const rows = await db
			.selectFrom('recording_cut')
			.select(['id', 'start_ms', 'end_ms', 'reason', 'redaction_id'])
			.where('recording_id', '=', dialog.recordingId)
			.orderBy('start_ms')
			.execute();
		const key = { engagementId, recordingId: dialog.recordingId };
		const facts = rows.map(({ start_ms: startMs, end_ms: endMs }) => `${startMs}-${endMs}`);
		await writeTone(sut.deps.recordings.files.playable(key, { facts }), cuts);
	}

	/** A minute of a tone as a copy to play, silent in places. */
	async function writeTone(to: string, silenced: { startMs: number; endMs: number }[]) {
		await mkdir(dirname(to), { recursive: true });
		const original = join(dataDir, `${sut.deps.random.uuid7()}.wav`);
		await writeFile(original, TONE);
		await prepareAudio('ffmpeg', {
			sources: [
				{
					original,
					segments: [{ from: 0, to: TONE.length, startMs: 0, endMs: 60_000 }],
					silenced,
					closed: [],
				},
			],
			to,
			signal,
			onProgress: () => undefined,
		});
	}

	/** A recording of the same table that began with the session. */
	async function addFirst(): Promise<string> {
		const id = sut.deps.random.uuid7();
		await getDatabase()
			.db.insertInto('recording')
			.values({
				engagement_id: engagementId,
				id,
				session_id: dialog.sessionId,
				device_id: null,
				label: 'By the window',
				table_no: null,
				mime: 'audio/webm',
				status: 'ready',
				started_at: '2026-01-10T15:00:00Z',
				offset_ms: 0,
				duration_ms: 60_000,
				bytes: 1,
				sha256: null,
				manifest: '{"slices":[],"gaps":[]}',
				problem: null,
				delete_after: '2026-03-01',
				deleted_at: null,
				created_by: null,
			})
			.execute();
		return id;
	}

	async function hear(response: Response): Promise<{ seconds: number; loud: number }> {
		const path = join(dataDir, `${sut.deps.random.uuid7()}.webm`);
		const bytes = Buffer.from(await response.arrayBuffer());
		await writeFile(path, bytes);
		const chunks: Buffer[] = [];
		const { samples } = decode('ffmpeg', { path, span: { from: 0, to: bytes.length }, signal });
		for await (const chunk of samples) {
			chunks.push(chunk);
		}
		const sound = Buffer.concat(chunks);
		let loud = 0;
		for (let at = 0; at + 1 < sound.length; at += 2) {
			loud += Math.abs(sound.readInt16LE(at)) > 1000 ? 1 : 0;
		}
		return { seconds: sound.length / 2 / SAMPLE_RATE, loud: loud / SAMPLE_RATE };
	}

	// Without ffmpeg on the path there is nothing to hear: the answer says so (below).
	describe.skipIf(!hasFfmpeg)('where there is ffmpeg', () => {
		test('is its turns, to the second, and no more of the recording', async () => {
			await makeCopy();
			const id = await quoteOf(1);
			const { body } = await sut.send('GET', `${base()}/${id}`);
			expect(body).toMatchObject({ mayBeHeard: true });
			const response = await sut.app.request(`${base()}/${id}/audio`);
			expect(response.status).toBe(200);
			expect(response.headers.get('content-type')).toBe('audio/webm');
			const span = await getDatabase()
				.db.selectFrom('turn_span as s')
				.innerJoin('excerpt as e', 'e.source_id', 's.id')
				.select(['s.start_ms', 's.end_ms'])
				.where('e.id', '=', dialog.excerptIds[1] ?? '')
				.executeTakeFirstOrThrow();
			const { seconds, loud } = await hear(response);
			expect(seconds).toBeCloseTo((span.end_ms - span.start_ms) / 1000, 0);
			expect(loud).toBeGreaterThan(1);
		});

		test('is silent where something was cut', async () => {
			await makeCopy([{ startMs: 0, endMs: 60_000 }]);
			const response = await sut.app.request(`${base()}/${await quoteOf(1)}/audio`);
			expect((await hear(response)).loud).toBe(0);
		});

		test('is heard in the copy of its table where its own recording has a gap', async () => {
			const { db } = getDatabase();
			const { files } = sut.deps.recordings;
			const own = { engagementId, recordingId: dialog.recordingId };
			await writeTone(files.playable(own, { facts: [] }), [{ startMs: 0, endMs: 60_000 }]);
			await writeFile(files.heard(own, { facts: [] }), '[]');
			const id = await addFirst();
			const sound = await readSessionSound(db, { engagementId, sessionId: dialog.sessionId });
			const [first] = sound.recordings;
			expect(first?.id).toBe(id);
			const key = { engagementId, recordingId: id };
			// It is the first of the list, as was just seen.
			await writeTone(files.playable(key, mergeOf(first!, sound)), []);
			const response = await sut.app.request(`${base()}/${await quoteOf(1)}/audio`);
			expect((await hear(response)).loud).toBeGreaterThan(1);
		});

		test('is sent in ranges', async () => {
			await makeCopy();
			const response = await sut.app.request(`${base()}/${await quoteOf(1)}/audio`, {
				headers: { range: 'bytes=0-99' },
			});
			expect(response.status).toBe(206);
			expect((await response.arrayBuffer()).byteLength).toBe(100);
		});
	});

	test('is not played where a speaker did not agree to it, though it may be read', async () => {
		const id = await quoteOf(2);
		expect((await sut.send('GET', `${base()}/${id}`)).body).toMatchObject({
			mayBeQuoted: true,
			mayBeHeard: false,
		});
		expect(await sut.send('GET', `${base()}/${id}/audio`)).toMatchObject({
			status: 409,
			body: { error: { code: 'not_playable' } },
		});
	});

	test.each([
		['for a syllable', 'Voice B', 10_200, true],
		['by somebody who agreed', 'Voice A', 15_000, true],
		['by somebody who did not agree', 'Voice B', 15_000, false],
		['by nobody knows whom', null, 15_000, false],
	])('that was talked over %s', async (_, label, endMs, isPlayed) => {
		await getDatabase()
			.db.insertInto('turn')
			.values({
				engagement_id: engagementId,
				id: sut.deps.random.uuid7(),
				transcript_id: dialog.transcriptId,
				position: 9500,
				start_ms: 9500,
				end_ms: endMs,
				kind: 'speech',
				seat_id: label === null ? null : (dialog.seats.get(label)?.id ?? ''),
				is_facilitator: false,
				prompt_key: 'P1',
				text: 'Me too!',
				is_unclear: false,
			})
			.execute();
		const id = await quoteOf(1);
		expect((await sut.send('GET', `${base()}/${id}`)).body).toMatchObject({
			mayBeQuoted: true,
			mayBeHeard: isPlayed,
		});
		// No copy was made: what may be played is not ready.
		expect(await sut.send('GET', `${base()}/${id}/audio`)).toMatchObject({
			body: {
				error: { code: isPlayed ? expect.not.stringMatching('not_playable') : 'not_playable' },
			},
		});
	});

	test('is gone with the recording', async () => {
		const id = await quoteOf(0);
		await getDatabase()
			.db.updateTable('recording')
			.set({ status: 'deleted' })
			.where('id', '=', dialog.recordingId)
			.execute();
		expect((await sut.send('GET', `${base()}/${id}`)).body).toMatchObject({ mayBeHeard: false });
		expect((await sut.send('GET', `${base()}/${id}/audio`)).status).toBe(404);
	});

	test('is not for the advisory team, who read it', async () => {
		const id = await quoteOf(1);
		sut.signInAs(staff(coder, engagementId, ['advisory_member']));
		expect((await sut.send('GET', `${base()}/${id}/audio`)).status).toBe(403);
	});
});
