import { describeOnBothDatabases } from '@throughline/db/testing';
import { beforeEach, expect, test } from 'vitest';
import { type SeededSession, seedSession, seedTranscript } from '../../testing/seed-transcript.ts';
import { staff, testApp } from '../../testing/test-app.ts';
import { withdrawSeat } from '../../withdrawal/withdraw-seat.ts';
import type { RedactionLog, TurnPage } from './schema.ts';

const SAID = 'Tyler Moss waits with me.';

describeOnBothDatabases('the log of hidden words', (getDatabase) => {
	let sut: ReturnType<typeof testApp>;
	let session: SeededSession;
	let log: string;

	beforeEach(async () => {
		const { db } = getDatabase();
		sut = testApp(db);
		session = await seedSession(db);
		const { engagementId, sessionId, personId, seats } = session;
		log = `/api/engagements/${engagementId}/redactions`;
		const { transcriptId } = await seedTranscript(db, session, {
			turns: [
				{ text: SAID, seatId: seats.A },
				{ text: 'Dana Reed does not.', seatId: seats.B },
			],
		});
		const at = `/api/engagements/${engagementId}/dialogs/${sessionId}/transcripts/${transcriptId}`;
		sut.signInAs(staff(personId, engagementId, ['facilitator']));
		const { turns } = (await sut.send('GET', `${at}/turns?limit=9`)).body as TurnPage;
		for (const [index, end] of [10, 9].entries()) {
			const place = { turnId: turns[index]?.id, version: turns[index]?.version };
			await sut.send('POST', `${at}/redactions`, { ...place, start: 0, end, kind: 'name' });
		}
		sut.signInAs(staff(personId, engagementId, ['data_steward']));
	});

	const read = async () => ((await sut.send('GET', log)).body as RedactionLog).entries;

	test('shows its data steward what was hidden', async () => {
		expect((await read()).map(({ words }) => words).toSorted()).toEqual([
			'Dana Reed',
			'Tyler Moss',
		]);
	});

	test('holds no word of a seat that took everything back, and none comes back', async () => {
		const [tyler] = (await read()).filter(({ words }) => words === 'Tyler Moss');
		const { engagementId, sessionId, seats, personId } = session;
		await withdrawSeat(
			sut.deps,
			{ engagementId, sessionId, seatId: seats.A },
			{ choice: 'everything', language: 'en', witnessId: personId },
		);
		const entries = await read();
		expect(JSON.stringify(entries)).not.toContain('Tyler');
		expect(entries.map(({ words }) => words)).toEqual(expect.arrayContaining([null, 'Dana Reed']));
		const shown = await sut.send('PUT', `${log}/${tyler?.id}`, { status: 'rejected' });
		expect(shown).toMatchObject({ status: 409, body: { error: { code: 'words_taken_back' } } });
	});

	test('keeps the words of who only does not want to be quoted', async () => {
		const { engagementId, sessionId, seats, personId } = session;
		await withdrawSeat(
			sut.deps,
			{ engagementId, sessionId, seatId: seats.A },
			{ choice: 'quotes', language: 'en', witnessId: personId },
		);
		expect((await read()).map(({ words }) => words)).toContain('Tyler Moss');
	});
});
