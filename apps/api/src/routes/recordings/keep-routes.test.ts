import { describeOnBothDatabases } from '@throughline/db/testing';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { readConfig } from '../../config.ts';
import { seedDialogRoom } from '../../testing/seed-dialog-room.ts';
import { recorderOf } from '../../testing/send-recording.ts';
import { staff, testApp } from '../../testing/test-app.ts';
import { toneWav } from '../../testing/tone.ts';

const wav = toneWav(1);

describeOnBothDatabases('a recording that is kept', (getDatabase) => {
	let sut: ReturnType<typeof testApp>;
	let room: Awaited<ReturnType<typeof seedDialogRoom>>;
	let dataDir: string;
	let base: string;
	let id: string;

	beforeEach(async () => {
		const { db } = getDatabase();
		dataDir = await mkdtemp(join(tmpdir(), 'throughline-kept-'));
		const env = { LOG_LEVEL: 'silent', DATA_DIR: dataDir, FFMPEG_PATH: '/nowhere/ffmpeg' };
		sut = testApp(db, { config: readConfig(env, { isSampleWanted: false }) });
		sut.travelTo('2026-01-15T16:00:00Z');
		room = await seedDialogRoom(db);
		await db
			.updateTable('dialog_session')
			.set({ recording_mode: 'audio', status: 'running', started_at: '2026-01-15T15:00:00Z' })
			.where('id', '=', room.sessionId)
			.execute();
		sut.signInAs(staff(room.leadId, room.engagementId, ['facilitator']));
		base = `/api/engagements/${room.engagementId}/dialogs/${room.sessionId}/recordings`;
		id = await send(5000);
	});
	afterEach(async () => {
		await sut.deps.recordings.stop();
		await rm(dataDir, { recursive: true, force: true });
	});

	/** A file of another recorder, sent and verified. */
	async function send(offsetMs: number): Promise<string> {
		const recorder = recorderOf(sut, { ...room, token: '' });
		const announced = await recorder.announce([], { source: 'file', offsetMs });
		await recorder.begin(announced.id, wav.length);
		await recorder.send(announced.id, 0, wav);
		expect(await recorder.verify(announced.id, wav)).toMatchObject({ status: 200 });
		await sut.deps.recordings.work();
		return announced.id;
	}
	const signIn = (as: 'facilitator' | 'data_steward' | 'administrator') =>
		sut.signInAs(staff(as === 'facilitator' ? room.leadId : room.adultId, room.engagementId, [as]));
	const original = (of = id) => sut.app.request(`${base}/${of}/original`);
	async function cut(reason: 'asked' | 'withdrawn' | 'redacted') {
		await getDatabase()
			.db.insertInto('recording_cut')
			.values({
				engagement_id: room.engagementId,
				id: sut.deps.random.uuid7(),
				recording_id: id,
				start_ms: 100,
				end_ms: 400,
				reason,
				redaction_id: null,
			})
			.execute();
	}

	test.each(['facilitator', 'data_steward'] as const)(
		'is downloaded by a %s as it came, byte for byte, and the record tells',
		async (role) => {
			signIn(role);
			const answer = await original();
			expect(answer.status).toBe(200);
			expect(answer.headers.get('content-disposition')).toMatch(
				/^attachment; filename="[\w-]+-recording-1\.wav"$/,
			);
			expect(Buffer.from(await answer.arrayBuffer())).toEqual(wav);
			const { person_id: personId } = await getDatabase()
				.db.selectFrom('audit_entry')
				.select('person_id')
				.where('action', '=', 'recording.downloaded')
				.where('target', '=', id)
				.executeTakeFirstOrThrow();
			expect(personId).toBe(role === 'facilitator' ? room.leadId : room.adultId);
		},
	);

	test('stays as it is for everybody else', async () => {
		signIn('administrator');
		expect((await original()).status).toBe(403);
	});

	test.each(['asked', 'withdrawn'] as const)(
		'leaves to nobody as it came once something of it was %s',
		async (reason) => {
			await cut(reason);
			for (const role of ['facilitator', 'data_steward'] as const) {
				signIn(role);
				const { status, body } = await sut.send('GET', `${base}/${id}/original`);
				expect({ status, body }).toMatchObject({
					status: 409,
					body: { error: { code: 'original_holds_more' } },
				});
				const view = await sut.send('GET', `${base}/${id}`);
				expect(view.body).toMatchObject({ mayHaveOriginal: false });
			}
		},
	);

	test('is not played any more once something of it was cut and no copy can be made', async () => {
		await cut('withdrawn');
		const { body } = await sut.send('GET', `${base}/${id}/audio?segment=0`);
		expect(body).toMatchObject({ error: { code: 'audio_needs_ffmpeg' } });
		expect((await sut.send('GET', `${base}/${id}`)).body).toMatchObject({
			audio: 'needs_ffmpeg',
			cuts: [{ startMs: 100, endMs: 400, reason: 'withdrawn' }],
		});
	});

	test('leaves to the data steward alone where words were hidden', async () => {
		await cut('redacted');
		expect((await original()).status).toBe(409);
		signIn('data_steward');
		expect((await original()).status).toBe(200);
	});

	test('leaves to nobody as it came when it began before its session', async () => {
		const early = await send(-4000);
		expect((await original(early)).status).toBe(409);
	});

	test('is deleted by the data steward, with the reason in the record', async () => {
		signIn('data_steward');
		const reason = 'Recorded by mistake.';
		expect((await sut.send('DELETE', `${base}/${id}`, { reason })).status).toBe(200);
		expect((await original()).status).toBe(404);
		const audit = await sut.send('GET', `/api/engagements/${room.engagementId}/audit`);
		expect(audit.body).toMatchObject({
			entries: expect.arrayContaining([
				expect.objectContaining({
					action: 'recording.deleted',
					target: id,
					detail: { why: 'by_hand', reason },
				}),
			]),
		});
	});
});
