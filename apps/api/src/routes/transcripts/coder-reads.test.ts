import { describeOnBothDatabases } from '@throughline/db/testing';
import { beforeEach, expect, test } from 'vitest';
import { seedPerson } from '../../testing/seed-engagement.ts';
import { type SeededSession, seedSession, seedTranscript } from '../../testing/seed-transcript.ts';
import { staff, testApp } from '../../testing/test-app.ts';
import type { CheckedTranscripts, TranscriptView, TurnPage } from './schema.ts';

describeOnBothDatabases('a coder who was not in the room', (getDatabase) => {
	let sut: ReturnType<typeof testApp>;
	let session: SeededSession;
	let at: string;
	let base: string;
	let coderId: string;

	const asFacilitator = () =>
		sut.signInAs(staff(session.personId, session.engagementId, ['facilitator']));
	const asCoder = () => sut.signInAs(staff(coderId, session.engagementId, ['coder']));

	beforeEach(async () => {
		const { db } = getDatabase();
		sut = testApp(db);
		session = await seedSession(db);
		const { engagementId, sessionId, seats } = session;
		const email = `coder@${engagementId}.example.org`;
		coderId = await seedPerson(db, { engagementId, email, roles: ['coder'] });
		const { transcriptId } = await seedTranscript(db, session, {
			turns: [
				{ text: 'What about the day?', isFacilitator: true },
				{ text: 'Tyler says the bathroom is locked.', seatId: seats.A, promptKey: 'p1' },
				{ text: 'Nobody ever tells us why, honestly.', seatId: seats.B, promptKey: 'p1' },
			],
		});
		base = `/api/engagements/${engagementId}`;
		at = `${base}/dialogs/${sessionId}/transcripts/${transcriptId}`;
		asFacilitator();
		const { turns } = (await sut.send('GET', `${at}/turns`)).body as TurnPage;
		const span = { start: 0, end: 5, kind: 'name' };
		await sut.send('POST', `${at}/redactions`, { turnId: turns[1]?.id, version: 1, ...span });
	});

	test('finds no draft, neither by its address nor in a list', async () => {
		asCoder();
		expect((await sut.send('GET', at)).status).toBe(404);
		expect((await sut.send('GET', `${at}/turns`)).status).toBe(404);
		expect((await sut.send('POST', `${at}/spans/take`, {})).status).toBe(404);
		expect((await sut.send('GET', `${base}/transcripts`)).body).toMatchObject({ transcripts: [] });
	});

	test('reads a checked one without hidden words and without who said what', async () => {
		await sut.send('POST', `${at}/check`);
		asCoder();
		const view = (await sut.send('GET', at)).body as TranscriptView;
		expect(view).toMatchObject({ canEdit: false, seats: [], recording: null });
		const { body } = await sut.send('GET', `${at}/turns`);
		expect((body as TurnPage).turns.map(({ speaker, text }) => [speaker, text])).toEqual([
			['facilitator', 'What about the day?'],
			['participant', '[name] says the bathroom is locked.'],
			['participant', 'Nobody ever tells us why, honestly.'],
		]);
		expect(JSON.stringify([view, body])).not.toContain(session.seats.A);
		expect((await sut.send('GET', `${base}/transcripts`)).body as CheckedTranscripts).toMatchObject(
			{ transcripts: [{ session: { key: 'ds-01' }, turns: 3, excerpts: 0 }], hasMore: false },
		);
	});

	test('marks excerpts in it and changes nothing else', async () => {
		await sut.send('POST', `${at}/check`);
		asCoder();
		const { turns } = (await sut.send('GET', `${at}/turns`)).body as TurnPage;
		const [, first] = turns;
		const marked = await sut.send('POST', `${at}/spans`, {
			start: { turnId: first?.id, at: 0 },
			end: { turnId: first?.id, at: 10 },
		});
		expect(marked.status).toBe(201);
		expect(marked.body).toMatchObject({ turns: [{ speaker: 'participant' }] });
		for (const [method, path] of [
			['POST', '/reopen'],
			['POST', '/undo'],
			['DELETE', ''],
		] as const) {
			expect((await sut.send(method, `${at}${path}`)).status, path).toBe(403);
		}
		const answer = await sut.send('GET', `${base}/dialogs/${session.sessionId}/transcripts`);
		expect(answer.status).toBe(403);
	});

	test('and a facilitator who was not there finds none', async () => {
		await sut.send('POST', `${at}/check`);
		sut.signInAs(staff(coderId, session.engagementId, ['facilitator']));
		expect((await sut.send('GET', at)).status).toBe(404);
		expect((await sut.send('GET', `${base}/transcripts`)).body).toMatchObject({ transcripts: [] });
	});
});
