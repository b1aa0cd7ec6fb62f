import { describeOnBothDatabases } from '@throughline/db/testing';
import { spawnSync } from 'node:child_process';
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { readConfig } from '../../config.ts';
import { isFfmpeg } from '../../recordings/ffmpeg.ts';
import { seedDialogRoom } from '../../testing/seed-dialog-room.ts';
import { recorderOf } from '../../testing/send-recording.ts';
import { staff, testApp } from '../../testing/test-app.ts';
import { toneWav } from '../../testing/tone.ts';

const SECONDS = 2;
const hasFfmpeg = await isFfmpeg('ffmpeg');

describeOnBothDatabases('sound of other recorders', (getDatabase) => {
	let sut: ReturnType<typeof testApp>;
	let room: Awaited<ReturnType<typeof seedDialogRoom>>;
	let folder: string;
	let base: string;

	beforeEach(async () => {
		folder = await mkdtemp(join(tmpdir(), 'throughline-recordings-'));
		room = await seedDialogRoom(getDatabase().db);
		base = `/api/engagements/${room.engagementId}/dialogs/${room.sessionId}/recordings`;
		await getDatabase()
			.db.updateTable('dialog_session')
			.set({ recording_mode: 'audio', status: 'running', started_at: '2026-01-15T15:00:00Z' })
			.where('engagement_id', '=', room.engagementId)
			.where('id', '=', room.sessionId)
			.execute();
	});
	afterEach(async () => {
		await sut.deps.recordings.stop();
		await rm(folder, { recursive: true, force: true });
	});

	function serve(ffmpeg: string) {
		const env = { LOG_LEVEL: 'silent', DATA_DIR: folder, FFMPEG_PATH: ffmpeg };
		sut = testApp(getDatabase().db, { config: readConfig(env, { isSampleWanted: false }) });
		sut.travelTo('2026-01-15T16:00:00Z');
		sut.signInAs(staff(room.leadId, room.engagementId, ['facilitator']));
		// A file needs no tablet of the project.
		return recorderOf(sut, { ...room, token: '' });
	}

	async function send(recorder: ReturnType<typeof recorderOf>, file: Buffer, offsetMs: number) {
		const { id } = await recorder.announce([], { source: 'file', offsetMs });
		await recorder.begin(id, file.length);
		await recorder.send(id, 0, file);
		expect(await recorder.verify(id, file)).toMatchObject({ status: 200 });
		await sut.deps.recordings.work();
		return id;
	}

	/** What another recorder made of two seconds of a tone. */
	async function recordedAs(name: string, options: string[]): Promise<Buffer> {
		const wav = join(folder, 'tone.wav');
		await writeFile(wav, toneWav(SECONDS));
		const to = join(folder, name);
		const made = spawnSync('ffmpeg', ['-nostdin', '-v', 'error', '-i', wav, ...options, to]);
		expect(made.stderr.toString()).toBe('');
		return readFile(to);
	}

	describe.skipIf(!hasFfmpeg)('with ffmpeg', () => {
		test.each([
			['memo.m4a', ['-c:a', 'aac'], 'audio/mp4'],
			// As Safari's recorder writes it: in fragments, its index never finished.
			['safari.mp4', ['-c:a', 'aac', '-movflags', 'frag_keyframe+empty_moov'], 'audio/mp4'],
			['handheld.mp3', ['-c:a', 'libmp3lame'], 'audio/mpeg'],
			['desk.wav', ['-c:a', 'pcm_s16le'], 'audio/wav'],
			['phone.ogg', ['-c:a', 'libopus'], 'audio/ogg'],
		])('%s is played, whole and with its waveform', async (name, options, mime) => {
			const recorder = serve('ffmpeg');
			const file = await recordedAs(name, options);
			const id = await send(recorder, file, 0);
			const { body } = await sut.send('GET', `${base}/${id}`);
			expect(body).toMatchObject({ status: 'ready', audio: 'copy', problem: null });
			const { durationMs } = body as { durationMs: number };
			expect(Math.abs(durationMs - SECONDS * 1000)).toBeLessThan(200);
			const copy = await sut.app.request(`${base}/${id}/audio`);
			expect(copy.headers.get('content-type')).toBe('audio/webm');
			expect((await sut.app.request(`${base}/${id}/peaks`)).status).toBe(200);
			const original = await sut.app.request(`${base}/${id}/audio?segment=0`);
			expect(original.headers.get('content-type')).toBe(mime);
			expect(Buffer.from(await original.arrayBuffer())).toEqual(file);
		});
	});

	test('without ffmpeg it is played as it came', async () => {
		const wav = toneWav(SECONDS);
		const id = await send(serve('/nowhere/ffmpeg'), wav, 0);
		const played = await sut.app.request(`${base}/${id}/audio`);
		expect(played.headers.get('content-type')).toBe('audio/wav');
		expect(Buffer.from(await played.arrayBuffer())).toEqual(wav);
	});

	test('a second recorder on the same table lies on the same clock', async () => {
		const recorder = serve('/nowhere/ffmpeg');
		const first = await send(recorder, toneWav(SECONDS), 1000);
		const second = await send(recorder, toneWav(SECONDS), 2500);
		const { body } = await sut.send('GET', base);
		const { recordings } = body as { recordings: { id: string; offsetMs: number }[] };
		expect(recordings.map(({ id, offsetMs }) => [id, offsetMs])).toEqual([
			[first, 1000],
			[second, 2500],
		]);
	});
});
