import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { describeOnBothDatabases } from '@throughline/db/testing';
import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { readConfig } from '../../config.ts';
import { type SeededSession, seedSession } from '../../testing/seed-transcript.ts';
import { staff, testApp } from '../../testing/test-app.ts';
import type { TurnPage } from './schema.ts';
import type { SpeechList } from './speech-schema.ts';

const VTT = 'WEBVTT\n\n00:01.000 --> 00:03.000\nThe bus comes late in the winter.\n';

describeOnBothDatabases('speech to text', (getDatabase) => {
	let folder: string;
	let session: SeededSession;
	let recordingId: string;
	let base: string;

	beforeEach(async () => {
		folder = await mkdtemp(join(tmpdir(), 'throughline-speech-jobs-'));
		const { db } = getDatabase();
		session = await seedSession(db);
		base = `/api/engagements/${session.engagementId}/dialogs/${session.sessionId}`;
		await writeFile(join(folder, 'words.vtt'), VTT);
		await writeFile(
			join(folder, 'command.sh'),
			`echo 40% >&2\nwhile [ ! -e "${folder}/go" ]; do sleep 0.05; done\ncat "${folder}/words.vtt"\n`,
		);
		const first = server();
		recordingId = first.deps.random.uuid7();
		await db
			.insertInto('recording')
			.values({
				engagement_id: session.engagementId,
				id: recordingId,
				session_id: session.sessionId,
				device_id: null,
				label: 'Table',
				table_no: null,
				mime: 'audio/webm',
				status: 'ready',
				started_at: new Date('2026-01-10T15:00:00Z'),
				offset_ms: 5000,
				duration_ms: 3000,
				bytes: 1,
				sha256: null,
				manifest: '{"slices":[],"gaps":[]}',
				problem: null,
				delete_after: '2027-01-01',
				deleted_at: null,
				created_by: null,
			})
			.execute();
		const key = { engagementId: session.engagementId, recordingId };
		const copy = first.deps.recordings.files.playable(key, { facts: [] });
		await mkdir(dirname(copy), { recursive: true });
		await writeFile(copy, 'sound');
	});
	afterEach(async () => {
		await go();
		await vi.waitFor(async () => expect(await statuses(server())).not.toContain('running'), 30_000);
		await rm(folder, { recursive: true, force: true });
	});

	/** A server over the same database and files, as after a restart. */
	function server() {
		const env = {
			LOG_LEVEL: 'silent',
			DATA_DIR: folder,
			TRANSCRIBE_COMMAND: `sh ${join(folder, 'command.sh')}`,
		};
		const config = readConfig(env, { isSampleWanted: false });
		const sut = testApp(getDatabase().db, { config });
		sut.signInAs(staff(session.personId, session.engagementId, ['facilitator']));
		return sut;
	}
	const go = () => writeFile(join(folder, 'go'), '');
	const jobs = async (sut: ReturnType<typeof server>) =>
		((await sut.send('GET', `${base}/speech-to-text`)).body as SpeechList).jobs;
	const statuses = async (sut: ReturnType<typeof server>) =>
		(await jobs(sut)).map(({ status }) => status);
	const start = (sut: ReturnType<typeof server>) =>
		sut.send('POST', `${base}/speech-to-text`, { recordingId, language: 'en' });

	test('makes a draft on the clock of the session, and is known after a restart', async () => {
		const sut = server();
		expect((await start(sut)).status).toBe(202);
		expect(await start(sut)).toMatchObject({
			status: 409,
			body: { error: { code: 'already_transcribing' } },
		});
		await go();
		await vi.waitFor(async () => expect(await statuses(sut)).toEqual(['done']), 30_000);
		const [job] = await jobs(server());
		expect(job).toMatchObject({ status: 'done', percent: 100, language: 'en' });
		const at = `${base}/transcripts/${job?.transcriptId}/turns`;
		expect(((await sut.send('GET', at)).body as TurnPage).turns).toMatchObject([
			{ startMs: 6000, endMs: 8000, text: 'The bus comes late in the winter.', speaker: '' },
		]);
	});

	test('that was under way when its server stopped is told so, and started again', async () => {
		const stopped = server();
		await start(stopped);
		await vi.waitFor(async () => expect(await statuses(stopped)).toEqual(['running']), 30_000);
		const next = server();
		next.travelTo('2026-01-15T12:01:00Z');
		expect(await statuses(next)).toEqual(['interrupted']);
		expect((await start(next)).status).toBe(202);
		await go();
		await vi.waitFor(async () => expect(await statuses(next)).toEqual(['done']), 30_000);
		const { n } = await getDatabase()
			.db.selectFrom('transcript')
			.select((expression) => expression.fn.countAll().as('n'))
			.where('engagement_id', '=', session.engagementId)
			.executeTakeFirstOrThrow();
		expect(Number(n)).toBe(1);
	});

	test('ends when it is cancelled, and leaves no transcript', async () => {
		const sut = server();
		await start(sut);
		await vi.waitFor(async () => expect(await statuses(sut)).toEqual(['running']), 30_000);
		await sut.send('DELETE', `${base}/speech-to-text/${recordingId}`);
		expect(await jobs(sut)).toMatchObject([{ status: 'failed', message: 'It was cancelled.' }]);
		const again = await sut.send('DELETE', `${base}/speech-to-text/${recordingId}`);
		expect(again.status).toBe(404);
	});
});
