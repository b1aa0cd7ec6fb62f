import { CONSENT_SCOPES } from '@throughline/analysis/dialog';
import { describeOnBothDatabases } from '@throughline/db/testing';
import { beforeEach, describe, expect, test } from 'vitest';
import { consentLanguages } from '../../dialogs/consent-words.ts';
import { systemRandom } from '../../system/random.ts';
import { seedDialogRoom } from '../../testing/seed-dialog-room.ts';
import { seedPerson } from '../../testing/seed-engagement.ts';
import { staff, testApp } from '../../testing/test-app.ts';
import type { EnrolledDevice } from '../devices/schema.ts';
import type { RoomKit, SyncView } from './schema.ts';

describeOnBothDatabases('the room of a dialog session', (getDatabase) => {
	let seeded: Awaited<ReturnType<typeof seedDialogRoom>>;
	let sut: ReturnType<typeof testApp>;
	let base: string;
	let token: string;

	beforeEach(async () => {
		const { db } = getDatabase();
		seeded = await seedDialogRoom(db);
		sut = testApp(db);
		sut.signInAs(staff(seeded.leadId, seeded.engagementId, ['facilitator']));
		base = `/api/engagements/${seeded.engagementId}`;
		const enrolled = await sut.send('POST', `${base}/devices`, { label: 'Tablet 3' });
		({ token } = enrolled.body as EnrolledDevice); // the route's own answer
	});

	async function ask(
		method: string,
		path: string,
		options: { body?: unknown; with?: string } = {},
	) {
		const response = await sut.app.request(`${base}/dialogs/${seeded.sessionId}${path}`, {
			method,
			headers: {
				'content-type': 'application/json',
				'x-throughline-device': options.with ?? token,
			},
			...(options.body !== undefined && { body: JSON.stringify(options.body) }),
		});
		const body: unknown = await response.json();
		return { status: response.status, body };
	}

	async function sync(...operations: object[]): Promise<SyncView> {
		const said = operations.map((operation) => ({
			id: systemRandom.uuid7(),
			at: '2026-01-15T15:00:00.000Z',
			...operation,
		}));
		const { status, body } = await ask('POST', '/sync', { body: { operations: said } });
		expect(status).toBe(200);
		return body as SyncView; // the route's own answer
	}

	/** A seat that is taken and everything it allows. */
	function sits(seatId: string, options: { without?: string } = {}): object[] {
		const position = seeded.seatIds.indexOf(seatId) + 1;
		const lines = consentLanguages[0]?.lines ?? [];
		return [
			{ type: 'seat', seatId, position, isTaken: true },
			...lines
				.filter(({ source, scope }) => `${source} ${scope}` !== options.without)
				.map(({ source, scope, hash }) => ({
					type: 'consent',
					seatId,
					scope,
					source,
					isGiven: true,
					language: 'en',
					wordsHash: hash,
				})),
		];
	}

	function notes() {
		return getDatabase()
			.db.selectFrom('dialog_note')
			.select(['id', 'text', 'deleted_at'])
			.where('session_id', '=', seeded.sessionId)
			.orderBy('id')
			.execute();
	}

	function note(noteId: string, text: string, more: object = {}): object {
		return {
			type: 'note',
			noteId,
			promptKey: 'P1',
			seatId: null,
			tableNo: null,
			atMs: 90_000,
			text,
			isExact: false,
			language: 'en',
			...more,
		};
	}

	test('is taken along whole: guide, scripts, words, seats, gates, the safe adult', async () => {
		const { status, body } = await ask('GET', '/kit');
		expect(status).toBe(200);
		const kit = body as RoomKit; // the route's own answer
		expect(kit.session).toMatchObject({ key: 'ds-01', site: 'north school', place: 'Library' });
		expect(Object.keys(kit.guide.scripts).toSorted()).toEqual(['ar', 'en', 'es']);
		expect(kit.guide.prompts).toHaveLength(8);
		expect(JSON.stringify(kit)).not.toContain('themeHints');
		expect(kit.gates.map(({ step }) => step)).toEqual(['b1', 'b2', 'b3', 'b4', 'b5', 'b6']);
		expect(kit.seats.slice(0, 3).map(({ id }) => id)).toEqual(seeded.seatIds);
		expect(kit.seats).toHaveLength(15);
		expect(kit.safeAdult).toBe('Test Person');
		expect(kit.consent.map(({ lines }) => lines.length)).toEqual([10, 10, 10]);
		expect(kit.counts.find(({ attribute }) => attribute === 'language')?.values).toContain('es');
	});

	test('asks in words: no name of a setting stands among them', async () => {
		const kit = (await ask('GET', '/kit')).body as RoomKit; // the route's own answer
		const words = [
			...kit.gates.map((gate) => gate.words),
			...kit.guide.after.map(({ step }) => step),
		];
		expect(words.filter((each) => /\w_\w/.test(each))).toEqual([]);
	});

	test('is listed for whoever has a duty there, and for nobody else', async () => {
		const list = await sut.send('GET', `${base}/own-dialogs`);
		expect(list.body).toMatchObject({
			sessions: [{ key: 'ds-01', status: 'planned', timezone: 'America/Chicago' }],
		});
		const { engagementId } = seeded;
		const email = `other-${engagementId}@example.org`;
		const other = await seedPerson(getDatabase().db, {
			engagementId,
			email,
			roles: ['facilitator'],
		});
		sut.signInAs(staff(other, engagementId, ['facilitator']));
		expect((await sut.send('GET', `${base}/own-dialogs`)).body).toEqual({ sessions: [] });
		expect((await ask('GET', '/kit')).status).toBe(404);
		expect((await ask('POST', '/sync', { body: { operations: [] } })).status).toBe(404);
	});

	describe('consent', () => {
		test('of everybody for everything means sound; the words are kept with their hash', async () => {
			const answer = await sync(...seeded.seatIds.flatMap((id) => sits(id)), { type: 'start' });
			expect(answer.results.filter(({ status }) => status !== 'applied')).toEqual([]);
			expect(answer.session).toMatchObject({ status: 'running', recordingMode: 'audio' });
			const { db } = getDatabase();
			const kept = await db
				.selectFrom('consent_words')
				.select('words')
				.where('engagement_id', '=', seeded.engagementId)
				.execute();
			expect(kept).toHaveLength(CONSENT_SCOPES.length * 2);
		});

		test('one missing permission means notes only, and the answer does not say whose', async () => {
			const [first = '', second = '', third = ''] = seeded.seatIds;
			const answer = await sync(
				...sits(first),
				...sits(second, { without: 'guardian recorded' }),
				...sits(third),
				{ type: 'start' },
			);
			expect(answer.session.recordingMode).toBe('notes_only');
			expect(JSON.stringify(answer.session)).not.toContain(second);
		});

		test('taken back in the room ends the sound', async () => {
			const [seatId = ''] = seeded.seatIds;
			await sync(...sits(seatId), { type: 'start' });
			const [line] = consentLanguages[1]?.lines.filter(({ source }) => source === 'student') ?? [];
			const answer = await sync({
				type: 'consent',
				seatId,
				scope: 'recorded',
				source: 'student',
				isGiven: false,
				language: 'es',
				wordsHash: line?.hash,
				at: '2026-01-15T15:30:00.000Z',
			});
			expect(answer.session.recordingMode).toBe('notes_only');
		});

		test('may be entered for a spare seat before anybody sits there', async () => {
			const spare = ((await ask('GET', '/kit')).body as RoomKit).seats[5]; // the route's own answer
			const [, line] = sits(seeded.seatIds[0] ?? '');
			const { results } = await sync({ ...line, seatId: spare?.id });
			expect(results).toMatchObject([{ status: 'applied' }]);
			const again = ((await ask('GET', '/kit')).body as RoomKit).seats[5]; // the same
			expect(again).toEqual({ id: spare?.id, label: 'Voice F', position: 6, isTaken: false });
		});

		test('that rests on words nobody knows is refused, and keeps nothing else back', async () => {
			const [seatId = ''] = seeded.seatIds;
			const answer = await sync(
				{
					type: 'consent',
					seatId,
					scope: 'recorded',
					source: 'student',
					isGiven: true,
					language: 'en',
					wordsHash: '0'.repeat(64),
				},
				{ type: 'agreements', text: 'We take turns.' },
				{ type: 'dance' },
			);
			expect(answer.results.map(({ problem }) => problem?.code)).toEqual([
				'consent_words_unknown',
				undefined,
				'invalid_input',
			]);
		});
	});

	describe('notes', () => {
		test('are what was last typed, and gone when they are deleted', async () => {
			const [first, second] = [systemRandom.uuid7(), systemRandom.uuid7()];
			await sync(
				note(first, 'Halls are loud.'),
				note(second, 'Buses come late.'),
				note(first, 'Halls are very loud.', { at: '2026-01-15T15:02:00.000Z' }),
				note(first, 'Halls', { at: '2026-01-15T15:01:00.000Z' }),
				{ type: 'note_deleted', noteId: second, at: '2026-01-15T15:03:00.000Z' },
			);
			expect(await notes()).toEqual([
				{ id: first, text: 'Halls are very loud.', deleted_at: null },
				{ id: second, text: '', deleted_at: expect.any(Date) },
			]);
		});

		test('and sound of the last minute go when the group asks', async () => {
			const { db } = getDatabase();
			const recordingId = systemRandom.uuid7();
			await db
				.insertInto('recording')
				.values({
					engagement_id: seeded.engagementId,
					id: recordingId,
					session_id: seeded.sessionId,
					device_id: null,
					label: 'Table',
					table_no: null,
					mime: 'audio/webm',
					status: 'received',
					started_at: '2026-01-15T15:00:30Z',
					offset_ms: 30_000,
					duration_ms: 100_000,
					bytes: 10,
					sha256: null,
					manifest: '{"slices":[],"gaps":[]}',
					problem: null,
					delete_after: '2026-03-01',
					deleted_at: null,
					created_by: null,
				})
				.execute();
			const [before, inside] = [systemRandom.uuid7(), systemRandom.uuid7()];
			const deleted = {
				type: 'event',
				kind: 'deleted',
				startMs: 60_000,
				endMs: 120_000,
				promptKey: null,
				seatId: null,
				tableNo: null,
				reason: '',
			};
			await sync(note(before, 'Stays.', { atMs: 59_000 }), deleted, note(inside, 'Goes.'));
			expect(await notes()).toEqual([
				{ id: before, text: 'Stays.', deleted_at: null },
				{ id: inside, text: '', deleted_at: expect.any(Date) },
			]);
			const cuts = await db
				.selectFrom('recording_cut')
				.select(['start_ms', 'end_ms', 'reason'])
				.where('recording_id', '=', recordingId)
				.execute();
			expect(cuts).toEqual([{ start_ms: 30_000, end_ms: 90_000, reason: 'asked' }]);
		});
	});

	test('keeps counts, gates, agreements and times; an end without a beginning too', async () => {
		await sync(
			{ type: 'end', at: '2026-01-15T16:00:00.000Z' },
			{ type: 'count', attribute: 'grade_band', value: '9-10', n: 2 },
			{ type: 'gate', step: 'b1' },
			{ type: 'participants', n: 3 },
			{ type: 'deviations', text: 'Two prompts left out.' },
		);
		const { session } = await sync({ type: 'start' });
		expect(session).toEqual({
			status: 'held',
			recordingMode: 'notes_only',
			startedAt: '2026-01-15T15:00:00.000Z',
			endedAt: '2026-01-15T16:00:00.000Z',
		});
		const kit = (await ask('GET', '/kit')).body as RoomKit; // the route's own answer
		expect(kit.gates.find(({ step }) => step === 'b1')?.doneAt).not.toBeNull();
		expect(kit.session.deviations).toBe('Two prompts left out.');
		expect(JSON.stringify(kit)).not.toContain('"n":2');
	});

	test('refuses what comes for a session that was cancelled', async () => {
		await getDatabase()
			.db.updateTable('dialog_session')
			.set({ status: 'cancelled' })
			.where('id', '=', seeded.sessionId)
			.execute();
		const { results } = await sync({ type: 'start' });
		expect(results[0]).toMatchObject({
			status: 'refused',
			problem: { code: 'session_cancelled' },
			mayRetry: false,
		});
	});
});
