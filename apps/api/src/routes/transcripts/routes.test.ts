import { describeOnBothDatabases } from '@throughline/db/testing';
import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { beforeEach, expect, test } from 'vitest';
import { seedPerson } from '../../testing/seed-engagement.ts';
import { type SeededSession, seedSession } from '../../testing/seed-transcript.ts';
import { staff, testApp } from '../../testing/test-app.ts';
import type {
	ChangedTurns,
	ImportedView,
	TranscriptList,
	TranscriptPreview,
	TranscriptView,
	TurnPage,
} from './schema.ts';

const FOLDER = 'test-data/transcripts';

const VTT = `WEBVTT

00:00:01.000 --> 00:00:04.000
<v Maria Solberg>Welcome. What makes you feel safe here?

00:00:05.000 --> 00:00:09.000
<v Jaylen>Tyler walks me to class, that helps.

00:00:10.000 --> 00:00:14.000
<v Amina>My number is 218-555-0142, you can call me.

00:01:00.000 --> 00:01:03.000
<v Amina>idk
`;

const ARABIC = `1
00:00:01,000 --> 00:00:03,000
أحمد: الحافلة تتأخر كل صباح.

2
00:00:04,000 --> 00:00:06,000
سارة: 我觉得学校很安全。
`;

describeOnBothDatabases('transcripts of a session', (getDatabase) => {
	let sut: ReturnType<typeof testApp>;
	let session: SeededSession;
	let base: string;

	beforeEach(async () => {
		const { db } = getDatabase();
		sut = testApp(db);
		session = await seedSession(db);
		sut.signInAs(staff(session.personId, session.engagementId, ['facilitator']));
		base = `/api/engagements/${session.engagementId}/dialogs/${session.sessionId}/transcripts`;
	});

	async function upload<T>(path: string, file: File, plan?: unknown) {
		const form = new FormData();
		form.set('file', file);
		if (plan !== undefined) {
			form.set('plan', JSON.stringify(plan));
		}
		const response = await sut.app.request(path, { method: 'POST', body: form });
		// The tests say what they expect of it.
		return { status: response.status, body: (await response.json()) as T };
	}

	function plan(more: object = {}) {
		return {
			language: 'en',
			map: [
				{ label: 'Maria Solberg', speaker: 'facilitator' },
				{ label: 'Jaylen', speaker: session.seats.A },
				{ label: 'Amina', speaker: session.seats.B },
			],
			...more,
		};
	}

	const vtt = () => new File([VTT], 'session.vtt');

	test('a file is looked at before anything is stored', async () => {
		const { status, body } = await upload<TranscriptPreview>(`${base}/preview`, vtt());
		expect(status).toBe(200);
		expect(body).toMatchObject({ format: 'webvtt', cues: 4, seconds: 63, problems: [] });
		expect(body.labels.map(({ label, turns }) => [label, turns])).toEqual(
			expect.arrayContaining([
				['Maria Solberg', 1],
				['Jaylen', 1],
				['Amina', 2],
			]),
		);
		const list = (await sut.send('GET', base)).body as TranscriptList;
		expect(list).toMatchObject({ transcripts: [], canTranscribe: false });
		expect(list.seats.map(({ label }) => label)).toEqual(['Voice A', 'Voice B', 'Voice C']);
	});

	test('an import keeps no label, suggests what to hide, and tells what is missing', async () => {
		const { status, body } = await upload<ImportedView>(base, vtt(), plan());
		expect(status).toBe(201);
		expect(body).toMatchObject({ turns: 5, report: { cues: 4, missing: 1, format: 'webvtt' } });
		expect(body.suggestions).toBeGreaterThanOrEqual(2);

		const { db } = getDatabase();
		const stored = await db
			.selectFrom('transcript')
			.selectAll()
			.where('id', '=', body.transcriptId)
			.executeTakeFirstOrThrow();
		expect(JSON.stringify(stored)).not.toMatch(/Jaylen|Amina|Solberg/);
		const { turns } = (await sut.send('GET', `${base}/${body.transcriptId}/turns`))
			.body as TurnPage;
		expect(turns.map(({ speaker, kind }) => [speaker, kind])).toEqual([
			['facilitator', 'speech'],
			[session.seats.A, 'speech'],
			[session.seats.B, 'speech'],
			['', 'missing'],
			[session.seats.B, 'speech'],
		]);
		expect(turns[3]?.text).toBe('[missing audio 00:14–01:00]');
		expect(turns[2]?.redactions.map(({ kind }) => kind)).toContain('phone');
		expect(turns[1]?.redactions.map(({ start, end }) => [start, end])).toEqual([[0, 5]]);
	});

	test('the very first label is hidden where it is said', async () => {
		const text = 'WEBVTT\n\n00:01.000 --> 00:02.000\n<v Zorba Quill>Zorba asked me.\n';
		const { body } = await upload<ImportedView>(base, new File([text], 'x.vtt'), {
			language: 'en',
		});
		const { turns } = (await sut.send('GET', `${base}/${body.transcriptId}/turns`))
			.body as TurnPage;
		expect(turns[0]?.redactions).toMatchObject([{ start: 0, end: 5, kind: 'name' }]);
	});

	test('Arabic and Chinese words arrive as they are', async () => {
		const { body } = await upload<ImportedView>(base, new File([ARABIC], 'x.srt'), {
			language: 'ar',
		});
		const { turns } = (await sut.send('GET', `${base}/${body.transcriptId}/turns`))
			.body as TurnPage;
		expect(turns.map(({ text }) => text)).toEqual(['الحافلة تتأخر كل صباح.', '我觉得学校很安全。']);
		const view = (await sut.send('GET', `${base}/${body.transcriptId}`)).body as TranscriptView;
		expect(view.direction).toBe('rtl');
	});

	test('a file without words is refused with what is wrong', async () => {
		const { status, body } = await upload(base, new File(['WEBVTT\n'], 'x.vtt'), plan());
		expect(status).toBe(422);
		expect(body).toMatchObject({ error: { code: 'no_cues' } });
	});

	test('what the group asked to have deleted is not read in, prompts are', async () => {
		const { db } = getDatabase();
		const event = {
			engagement_id: session.engagementId,
			session_id: session.sessionId,
			seat_id: null,
			table_no: null,
			reason: '',
		};
		await db
			.insertInto('dialog_event')
			.values([
				{
					...event,
					id: sut.deps.random.uuid7(),
					kind: 'deleted',
					start_ms: 5000,
					end_ms: 9500,
					prompt_key: null,
				},
				{
					...event,
					id: sut.deps.random.uuid7(),
					kind: 'prompt',
					start_ms: 9600,
					end_ms: 90_000,
					prompt_key: 'p2',
				},
			])
			.execute();
		const { body } = await upload<ImportedView>(base, vtt(), plan());
		expect(body).toMatchObject({ turns: 4, report: { askedToDelete: 1 } });
		const { turns } = (await sut.send('GET', `${base}/${body.transcriptId}/turns`))
			.body as TurnPage;
		expect(turns.map(({ promptKey }) => promptKey)).toEqual([null, 'p2', null, 'p2']);
	});

	test('every sample file is taken in and listed', async () => {
		const folder = fileURLToPath(
			import.meta.resolve('@throughline/analysis/transcript').replace(/src\/.*$/, FOLDER),
		);
		const names = (await readdir(folder)).filter((name) =>
			/\.(vtt|srt|txt|csv|json|docx)$/.test(name),
		);
		expect(names.length).toBeGreaterThan(12);
		for (const name of names) {
			const file = new File([await readFile(join(folder, name))], name);
			const { status, body } = await upload<ImportedView>(base, file, { language: 'en' });
			expect({ name, status }).toEqual({ name, status: 201 });
			expect(body.turns).toBeGreaterThan(1);
		}
		const { status, body } = await sut.send('GET', base);
		expect(status).toBe(200);
		expect((body as TranscriptList).transcripts).toHaveLength(names.length);
	});

	test('turns come by pages, and in blocks', async () => {
		const cues = Array.from({ length: 120 }, (_, index) => `Voice A: line ${index} of the talk`);
		const { body } = await upload<ImportedView>(base, new File([cues.join('\n')], 'x.txt'), {
			language: 'en',
		});
		const at = `${base}/${body.transcriptId}`;
		const view = (await sut.send('GET', at)).body as TranscriptView;
		expect(view.blocks.map(({ count }) => count)).toEqual([50, 50, 20]);
		const first = (await sut.send('GET', `${at}/turns?limit=50`)).body as TurnPage;
		expect(first.turns).toHaveLength(50);
		expect(first.next).toBe(view.blocks[1]?.from);
		const last = (await sut.send('GET', `${at}/turns?from=${view.blocks[2]?.from}`))
			.body as TurnPage;
		expect(last.turns).toHaveLength(20);
		expect(last.next).toBeNull();
	});

	test('notes become turns, the very words in quotation marks, once', async () => {
		const { db } = getDatabase();
		const note = {
			engagement_id: session.engagementId,
			session_id: session.sessionId,
			table_no: null,
			language: 'en',
			version: 1,
			deleted_at: null,
		};
		await db
			.insertInto('dialog_note')
			.values([
				{
					...note,
					id: sut.deps.random.uuid7(),
					seat_id: session.seats.A,
					prompt_key: 'p1',
					at_ms: 1000,
					text: 'The bus is late',
					is_exact: true,
				},
				{
					...note,
					id: sut.deps.random.uuid7(),
					seat_id: null,
					prompt_key: 'p1',
					at_ms: 9000,
					text: 'Many nod',
					is_exact: false,
				},
			])
			.execute();
		const { status, body } = await sut.send('POST', `${base}/notes`);
		expect(status).toBe(201);
		const { transcriptId } = body as ImportedView;
		const { turns } = (await sut.send('GET', `${base}/${transcriptId}/turns`)).body as TurnPage;
		expect(turns.map(({ text, speaker }) => [text, speaker])).toEqual([
			['“The bus is late”', session.seats.A],
			['Many nod', 'room'],
		]);
		expect(await sut.send('POST', `${base}/notes`)).toMatchObject({
			status: 409,
			body: { error: { code: 'notes_taken' } },
		});
	});

	test('nobody without a duty in the session finds any of it', async () => {
		const { db } = getDatabase();
		const { body } = await upload<ImportedView>(base, vtt(), plan());
		const other = await seedPerson(db, {
			engagementId: session.engagementId,
			email: `other@${session.engagementId}.example.org`,
			roles: ['facilitator'],
		});
		sut.signInAs(staff(other, session.engagementId, ['facilitator']));
		for (const path of ['', `/${body.transcriptId}`, `/${body.transcriptId}/turns`]) {
			expect((await sut.send('GET', `${base}${path}`)).status).toBe(404);
		}
		expect((await upload(`${base}/preview`, vtt())).status).toBe(404);
		expect((await sut.send('POST', `${base}/${body.transcriptId}/undo`)).status).toBe(404);
	});

	test('words of a seat that may not be transcribed are left out, and how many is told', async () => {
		const { db } = getDatabase();
		session = await seedSession(db, { without: { seat: 'B', scope: 'transcribed' } });
		sut.signInAs(staff(session.personId, session.engagementId, ['facilitator']));
		base = `/api/engagements/${session.engagementId}/dialogs/${session.sessionId}/transcripts`;
		const { body } = await upload<ImportedView>(base, vtt(), plan());
		expect(body).toMatchObject({ turns: 3, report: { notAllowed: 2 } });
	});

	test('a transcript is checked when everything is decided and given, and then hides words', async () => {
		const { body } = await upload<ImportedView>(base, vtt(), {
			...plan(),
			map: plan().map.slice(0, 2),
		});
		const at = `${base}/${body.transcriptId}`;
		expect(await sut.send('POST', `${at}/check`)).toMatchObject({
			body: { error: { code: 'redactions_undecided' } },
		});
		for (;;) {
			const found = (await sut.send('GET', `${at}/undecided`)).body as {
				place: { redactionId: string } | null;
			};
			if (found.place === null) {
				break;
			}
			await sut.send('PUT', `${at}/redactions/${found.place.redactionId}`, { status: 'accepted' });
		}
		expect(await sut.send('POST', `${at}/check`)).toMatchObject({
			body: { error: { code: 'turns_unassigned' } },
		});
		const page = (await sut.send('GET', `${at}/turns`)).body as TurnPage;
		for (const turn of page.turns.filter(
			({ kind, speaker }) => kind === 'speech' && speaker === '',
		)) {
			const edit = { kind: 'seat', turnId: turn.id, version: turn.version, speaker: 'nobody' };
			expect((await sut.send('POST', `${at}/edits`, edit)).status).toBe(200);
		}
		expect(await sut.send('POST', `${at}/check`)).toMatchObject({
			status: 200,
			body: { dropped: 0 },
		});
		const { turns } = (await sut.send('GET', `${at}/turns`)).body as TurnPage;
		expect(turns[1]?.text).toMatch(/^\[name\] walks me/);
		expect(turns.flatMap(({ redactions }) => redactions)).toEqual([]);
		expect(JSON.stringify(turns)).not.toMatch(/Tyler|0142/);
		const edit = { kind: 'text', turnId: turns[0]?.id, version: turns[0]?.version, text: 'Hi' };
		expect(await sut.send('POST', `${at}/edits`, edit)).toMatchObject({
			body: { error: { code: 'transcript_checked' } },
		});
		await sut.send('POST', `${at}/reopen`);
		const again = await sut.send('POST', `${at}/edits`, edit);
		expect((again.body as ChangedTurns).turns[0]?.text).toBe('Hi');
	});
});
