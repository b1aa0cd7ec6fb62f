import { insertDevice, revokeDevice } from '@throughline/db/queries/project-device';
import { describeOnBothDatabases } from '@throughline/db/testing';
import { randomBytes } from 'node:crypto';
import { mkdtemp, readdir, rm, stat } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { readConfig } from '../../config.ts';
import { hashDeviceToken } from '../../dialogs/device-of.ts';
import { deleteRecordings } from '../../jobs/delete-recordings.ts';
import { seedDialogRoom } from '../../testing/seed-dialog-room.ts';
import { recorderOf } from '../../testing/send-recording.ts';
import { staff, testApp } from '../../testing/test-app.ts';
import { toneWav } from '../../testing/tone.ts';

describeOnBothDatabases('a recording', (getDatabase) => {
	let sut: ReturnType<typeof testApp>;
	let room: Awaited<ReturnType<typeof seedDialogRoom>>;
	let recorder: ReturnType<typeof recorderOf>;
	let deviceId: string;
	let dataDir: string;
	let base: string;

	beforeEach(async () => {
		const { db } = getDatabase();
		dataDir = await mkdtemp(join(tmpdir(), 'throughline-recordings-'));
		// No ffmpeg: what is tested here works everywhere. prepare-recording.test.ts has the rest.
		const env = { LOG_LEVEL: 'silent', DATA_DIR: dataDir, FFMPEG_PATH: '/nowhere/ffmpeg' };
		sut = testApp(db, { config: readConfig(env, { isSampleWanted: false }) });
		sut.travelTo('2026-01-15T16:00:00Z');
		room = await seedDialogRoom(db);
		deviceId = sut.deps.random.uuid7();
		const token = randomBytes(32).toString('hex');
		await insertDevice(db, {
			engagementId: room.engagementId,
			id: deviceId,
			label: 'Tablet 1',
			personId: room.leadId,
			tokenHash: hashDeviceToken(token),
		});
		await setMode('audio');
		sut.signInAs(staff(room.leadId, room.engagementId, ['facilitator']));
		recorder = recorderOf(sut, { ...room, token });
		base = `/api/engagements/${room.engagementId}/dialogs/${room.sessionId}/recordings`;
	});
	afterEach(async () => {
		await sut.deps.recordings.stop();
		await rm(dataDir, { recursive: true, force: true });
	});

	async function setMode(mode: 'audio' | 'notes_only' | null) {
		await getDatabase()
			.db.updateTable('dialog_session')
			.set({ recording_mode: mode, status: 'running', started_at: '2026-01-15T15:00:00Z' })
			.where('engagement_id', '=', room.engagementId)
			.where('id', '=', room.sessionId)
			.execute();
	}
	const wav = toneWav(1);
	const segments = [{ bytes: wav, startMs: 5000, endMs: 6000 }];
	async function sent(more: Parameters<typeof recorder.announce>[1] = {}) {
		const { id } = await recorder.announce(segments, more);
		await recorder.begin(id, wav.length);
		await recorder.send(id, 0, wav);
		return id;
	}
	async function verified(more: Parameters<typeof recorder.announce>[1] = {}) {
		const id = await sent(more);
		expect(await recorder.verify(id, wav)).toMatchObject({ status: 200 });
		await sut.deps.recordings.work();
		return id;
	}

	describe('on its way', () => {
		test('goes on where it stopped, and is taken once it is whole and right', async () => {
			const { id } = await recorder.announce(segments);
			expect((await recorder.begin(id, wav.length)).status).toBe(201);
			expect((await recorder.send(id, 0, wav.subarray(0, 7000))).status).toBe(204);
			expect(await recorder.stands(id)).toEqual({ status: 200, offset: 7000 });
			const tooEarly = await recorder.verify(id, wav);
			expect(tooEarly.body).toMatchObject({ error: { code: 'upload_incomplete' } });
			expect((await recorder.send(id, 0, wav)).status).toBe(409);
			expect((await recorder.send(id, 7000, wav.subarray(7000))).status).toBe(204);
			const answer = await recorder.verify(id, wav);
			expect(answer).toMatchObject({
				status: 200,
				body: { status: 'received', bytes: wav.length },
			});
			await sut.deps.recordings.work();
			expect((await recorder.verify(id, wav)).body).toMatchObject({ status: 'ready' });
		});

		test('is not begun a second time over what arrived', async () => {
			const id = await sent();
			expect((await recorder.begin(id, wav.length)).status).toBe(409);
			expect(await recorder.stands(id)).toEqual({ status: 200, offset: wav.length });
		});

		test('is thrown away and sent again when a byte is another', async () => {
			const { id } = await recorder.announce(segments);
			await recorder.begin(id, wav.length);
			const other = Buffer.from(wav);
			other[500] = 77;
			await recorder.send(id, 0, other);
			const refused = await recorder.verify(id, wav);
			expect(refused.body).toMatchObject({ error: { code: 'upload_mismatch' } });
			expect((await recorder.stands(id)).status).toBe(404);
			expect((await recorder.begin(id, wav.length)).status).toBe(201);
		});

		test('can be announced again with a longer list of slices until it is here', async () => {
			const { id } = await recorder.announce(segments);
			const more = [...segments, { bytes: wav, startMs: 9000, endMs: 10_000 }];
			expect(await recorder.announce(more, { id, offsetMs: 5000 })).toMatchObject({ status: 200 });
			const whole = Buffer.concat([wav, wav]);
			await recorder.begin(id, whole.length);
			await recorder.send(id, 0, whole);
			expect((await recorder.verify(id, whole)).status).toBe(200);
			await recorder.announce(segments, { id });
			expect((await sut.send('GET', `${base}/${id}`)).body).toMatchObject({ segments: 2 });
		});

		test('lies on the disk for the server alone', async () => {
			const id = await verified();
			const folder = join(dataDir, 'recordings', room.engagementId, id);
			expect((await stat(folder)).mode & 0o777).toBe(0o700);
			expect((await stat(join(folder, 'original'))).mode & 0o777).toBe(0o600);
			expect(await readdir(join(dataDir, 'recordings', 'incoming'))).toEqual([]);
		});
	});

	describe('is refused', () => {
		test('from a session of notes only, and from one that has not been started', async () => {
			await setMode('notes_only');
			const code = async () => (await recorder.announce(segments)).body;
			expect(await code()).toMatchObject({ error: { code: 'session_notes_only' } });
			await setMode(null);
			expect(await code()).toMatchObject({ error: { code: 'session_not_started' } });
		});

		test('from a device that is none of the project, and from a revoked one at every step', async () => {
			const id = await sent();
			const stranger = recorderOf(sut, { ...room, token: 'x' });
			expect(await stranger.announce(segments)).toMatchObject({
				status: 401,
				body: { error: { code: 'device_unknown' } },
			});
			const { db } = getDatabase();
			await revokeDevice(db, { ...room, id: deviceId, now: new Date() });
			const revoked = { status: 401, body: { error: { code: 'device_revoked' } } };
			expect(await recorder.announce(segments)).toMatchObject(revoked);
			expect(await recorder.verify(id, wav)).toMatchObject(revoked);
			expect((await recorder.stands(id)).status).toBe(401);
			expect((await recorder.send(id, 0, wav)).status).toBe(401);
		});

		test('by somebody who has no duty in the session', async () => {
			const id = await verified();
			sut.signInAs(staff(room.adultId, room.engagementId, ['facilitator']));
			expect((await recorder.announce(segments)).status).toBe(404);
			expect((await recorder.begin(id, 5)).status).toBe(404);
			for (const path of ['', `/${id}`, `/${id}/audio`, `/${id}/peaks`]) {
				expect((await sut.send('GET', base + path)).status, path).toBe(404);
			}
			expect((await sut.send('GET', `${base}/${id}/original`)).status).toBe(404);
			expect((await sut.send('DELETE', `${base}/${id}`, { reason: 'x' })).status).toBe(404);
		});

		test('when it is no sound and comes from another recorder', async () => {
			const text = Buffer.from('<!doctype html><p>No sound in here.');
			const { id } = await recorder.announce([], { source: 'file' });
			await recorder.begin(id, text.length);
			await recorder.send(id, 0, text);
			expect(await recorder.verify(id, text)).toMatchObject({
				status: 415,
				body: { error: { code: 'audio_unreadable' } },
			});
			expect((await recorder.stands(id)).status).toBe(404);
		});
	});

	test('of a tablet that cannot be read is kept, and says so', async () => {
		const noise = Buffer.from('not a recording');
		const { id } = await recorder.announce([{ bytes: noise, startMs: 0, endMs: 10 }]);
		await recorder.begin(id, noise.length);
		await recorder.send(id, 0, noise);
		expect((await recorder.verify(id, noise)).body).toMatchObject({ status: 'failed' });
		expect((await sut.send('GET', `${base}/${id}`)).body).toMatchObject({
			problem: expect.stringMatching(/No sound/),
		});
	});

	test('is played in ranges, as it came where there is no ffmpeg', async () => {
		const id = await verified();
		const whole = await sut.app.request(`${base}/${id}/audio`);
		expect(whole.headers.get('content-type')).toBe('audio/wav');
		expect(Buffer.from(await whole.arrayBuffer())).toEqual(wav);
		const part = await sut.app.request(`${base}/${id}/audio`, {
			headers: { range: 'bytes=100-199' },
		});
		expect(part.status).toBe(206);
		expect(part.headers.get('content-range')).toBe(`bytes 100-199/${wav.length}`);
		expect(Buffer.from(await part.arrayBuffer())).toEqual(wav.subarray(100, 200));
	});

	test('carries the cuts the device knows of, on its own clock', async () => {
		const cut = { id: sut.deps.random.uuid7(), startMs: 5200, endMs: 5600 };
		const id = await verified({ cuts: [cut] });
		expect((await sut.send('GET', `${base}/${id}`)).body).toMatchObject({
			offsetMs: 5000,
			cuts: [{ startMs: 200, endMs: 600, reason: 'asked' }],
		});
	});

	describe('ends', () => {
		test('when a facilitator deletes it: the sound is gone, the list of slices stays', async () => {
			const id = await verified();
			expect(await sut.send('DELETE', `${base}/${id}`, { reason: ' ' })).toMatchObject({
				status: 422,
				body: { error: { fields: { reason: 'Say why in a few words.' } } },
			});
			const reason = 'The group asked for it.';
			expect((await sut.send('DELETE', `${base}/${id}`, { reason })).status).toBe(200);
			expect((await sut.send('DELETE', `${base}/${id}`, { reason: 'Again' })).status).toBe(200);
			expect(await readdir(join(dataDir, 'recordings', room.engagementId))).toEqual([]);
			expect((await sut.send('GET', `${base}/${id}/audio`)).status).toBe(404);
			expect((await sut.send('GET', `${base}/${id}`)).body).toMatchObject({
				status: 'deleted',
				durationMs: 1000,
			});
			expect((await recorder.verify(id, wav)).status).toBe(410);
			const entries = await getDatabase()
				.db.selectFrom('audit_entry')
				.select(['action', 'detail'])
				.where('target', '=', id)
				.orderBy('id')
				.execute();
			expect(entries.at(-1)).toEqual({
				action: 'recording.deleted',
				detail: { why: 'by_hand', reason },
			});
			expect(entries).toHaveLength(2);
		});

		test('on the thirtieth day after its session', async () => {
			const id = await verified();
			sut.travelTo('2026-02-14T12:00:00Z');
			await deleteRecordings(sut.deps);
			expect((await sut.send('GET', `${base}/${id}`)).body).toMatchObject({ status: 'ready' });
			sut.travelTo('2026-02-15T00:10:00Z');
			await deleteRecordings(sut.deps);
			expect((await sut.send('GET', `${base}/${id}`)).body).toMatchObject({ status: 'deleted' });
		});

		test('and is not taken any more after that day', async () => {
			sut.travelTo('2026-02-15T00:10:00Z');
			expect(await recorder.announce(segments)).toMatchObject({
				status: 409,
				body: {
					error: { code: 'sound_too_late', message: expect.stringContaining('by 2026-02-14') },
				},
			});
		});

		test('when its transcript is checked', async () => {
			const id = await verified();
			const { db } = getDatabase();
			const transcriptId = sut.deps.random.uuid7();
			await db
				.insertInto('transcript')
				.values({
					engagement_id: room.engagementId,
					id: transcriptId,
					session_id: room.sessionId,
					recording_id: id,
					source: 'webvtt',
					language: 'en',
					offset_ms: 0,
					report: '{}',
					status: 'draft',
					version: 1,
					updated_at: '2026-01-15T16:00:00Z',
				})
				.execute();
			await deleteRecordings(sut.deps);
			expect((await sut.send('GET', `${base}/${id}`)).body).toMatchObject({ status: 'ready' });
			await db
				.updateTable('transcript')
				.set({ status: 'checked' })
				.where('id', '=', transcriptId)
				.execute();
			await deleteRecordings(sut.deps);
			expect((await sut.send('GET', `${base}/${id}`)).body).toMatchObject({ status: 'deleted' });
		});
	});
});
