import { describeOnBothDatabases } from '@throughline/db/testing';
import { beforeEach, expect, test } from 'vitest';
import { seedPerson } from '../../testing/seed-engagement.ts';
import { type SeededSession, seedSession } from '../../testing/seed-transcript.ts';
import { staff, testApp } from '../../testing/test-app.ts';
import { withdrawSeat } from '../../withdrawal/withdraw-seat.ts';
import type { QuoteSource } from '../quotes/schema.ts';
import type { ImportedView, TakenTurns, TurnPage } from './schema.ts';

const EXACT = 'We wait for the bus in the dark every single day.';
const PARAPHRASE = 'Several said that the hallways feel calmer than last year.';
const OF_SEAT = 'Voice B told about being searched at the gate twice.';

describeOnBothDatabases('notes as excerpts', (getDatabase) => {
	let sut: ReturnType<typeof testApp>;
	let session: SeededSession;
	let at: string;
	let coderId: string;

	async function note(text: string, given: { seatId?: string; isExact?: boolean; atMs: number }) {
		await getDatabase()
			.db.insertInto('dialog_note')
			.values({
				engagement_id: session.engagementId,
				id: sut.deps.random.uuid7(),
				session_id: session.sessionId,
				at_ms: given.atMs,
				seat_id: given.seatId ?? null,
				prompt_key: 'p1',
				table_no: null,
				text,
				is_exact: given.isExact ?? false,
				version: 1,
				language: 'en',
				deleted_at: null,
			})
			.execute();
	}

	async function open(without?: Parameters<typeof seedSession>[1]) {
		const { db } = getDatabase();
		sut = testApp(db);
		session = await seedSession(db, without);
		const { engagementId, sessionId, seats } = session;
		const email = `coder@${engagementId}.example.org`;
		coderId = await seedPerson(db, { engagementId, email, roles: ['coder'] });
		await note(EXACT, { isExact: true, atMs: 1000 });
		await note(PARAPHRASE, { atMs: 2000 });
		await note(OF_SEAT, { atMs: 3000, seatId: seats.B });
		sut.signInAs(staff(session.personId, engagementId, ['facilitator']));
		const base = `/api/engagements/${engagementId}/dialogs/${sessionId}/transcripts`;
		const { body } = await sut.send('POST', `${base}/notes`);
		at = `${base}/${(body as ImportedView).transcriptId}`;
	}

	async function take() {
		const { turns } = (await sut.send('GET', `${at}/turns`)).body as TurnPage;
		for (const { redactions } of turns) {
			for (const { id } of redactions) {
				await sut.send('PUT', `${at}/redactions/${id}`, { status: 'rejected' });
			}
		}
		expect((await sut.send('POST', `${at}/check`)).status).toBe(200);
		const taken = await sut.send('POST', `${at}/spans/take`, {});
		expect(taken.body as TakenTurns).toEqual({ made: 3, passedOver: 0 });
		sut.signInAs(staff(coderId, session.engagementId, ['coder']));
	}

	async function excerptOf(words: string): Promise<string> {
		const { id } = await getDatabase()
			.db.selectFrom('excerpt')
			.select('id')
			.where('engagement_id', '=', session.engagementId)
			.where('text', 'like', `%${words}%`)
			.executeTakeFirstOrThrow();
		return id;
	}
	const quote = async (words: string) =>
		await sut.send('POST', `/api/engagements/${session.engagementId}/quotes`, {
			excerptId: await excerptOf(words),
			startAt: 0,
			endAt: 20,
		});

	beforeEach(() => open());

	test('are the room’s without a seat, and say how they were noted', async () => {
		const { turns } = (await sut.send('GET', `${at}/turns`)).body as TurnPage;
		expect(turns.map(({ speaker, note, text }) => [speaker, note, text])).toEqual([
			['room', 'exact', `“${EXACT}”`],
			['room', 'paraphrase', PARAPHRASE],
			[session.seats.B, 'paraphrase', OF_SEAT],
		]);
	});

	test('wait for the coders, and paraphrase is never quoted', async () => {
		await take();
		expect(await quote(PARAPHRASE)).toMatchObject({
			status: 409,
			body: { error: { message: expect.stringContaining('other words than were said') } },
		});
		expect((await quote(OF_SEAT)).status).toBe(409);
		expect((await quote(EXACT)).status).toBe(201);
		const address = `/api/engagements/${session.engagementId}/quotes/sources/${await excerptOf(PARAPHRASE)}`;
		const source = (await sut.send('GET', address)).body as QuoteSource;
		expect(source).toMatchObject({
			mayBeQuoted: false,
			excerpt: { dialog: { note: 'paraphrase' } },
		});
	});

	test('are quoted only where everybody there agreed, when it is not known whose they are', async () => {
		await open({ without: { seat: 'C', scope: 'quoted' } });
		await take();
		expect((await quote(EXACT)).status).toBe(409);
	});

	test('keep counting when somebody there takes words back, and are not quoted any more', async () => {
		await take();
		expect((await quote(EXACT)).status).toBe(201);
		const { engagementId, sessionId, seats } = session;
		await withdrawSeat(
			sut.deps,
			{ engagementId, sessionId, seatId: seats.A },
			{ choice: 'everything', language: 'en', witnessId: null },
		);
		const { db } = getDatabase();
		const left = await db
			.selectFrom('excerpt')
			.select('id')
			.where('engagement_id', '=', engagementId)
			.where('withdrawn_at', 'is', null)
			.execute();
		expect(left).toHaveLength(3);
		const quotes = await db
			.selectFrom('quote')
			.select('withdrawn_at')
			.where('engagement_id', '=', engagementId)
			.execute();
		expect(quotes).toEqual([{ withdrawn_at: expect.any(Date) }]);
		expect((await quote(EXACT)).status).toBe(409);
	});

	test('are nobody’s in the room where there is sound', async () => {
		const { db } = getDatabase();
		await db
			.updateTable('transcript')
			.set({ source: 'webvtt' })
			.where('engagement_id', '=', session.engagementId)
			.execute();
		const { turns } = (await sut.send('GET', `${at}/turns`)).body as TurnPage;
		const edit = { turnId: turns[2]?.id, version: turns[2]?.version, kind: 'seat' };
		expect((await sut.send('POST', `${at}/edits`, { ...edit, speaker: 'room' })).status).toBe(422);
	});
});
