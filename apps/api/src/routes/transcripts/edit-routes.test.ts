import { describeOnBothDatabases } from '@throughline/db/testing';
import fc from 'fast-check';
import { beforeEach, describe, expect, test } from 'vitest';
import { seedPerson } from '../../testing/seed-engagement.ts';
import { type SeededSession, seedSession, seedTranscript } from '../../testing/seed-transcript.ts';
import { staff, testApp } from '../../testing/test-app.ts';
import type { ChangedTurns, RedactionLog, TakenTurns, TurnPage, TurnView } from './schema.ts';

describeOnBothDatabases('a transcript', (getDatabase) => {
	let sut: ReturnType<typeof testApp>;
	let session: SeededSession;
	let at: string;
	let transcriptId: string;

	async function open(turns: Parameters<typeof seedTranscript>[2]['turns']) {
		const { db } = getDatabase();
		({ transcriptId } = await seedTranscript(db, session, { turns }));
		at = `/api/engagements/${session.engagementId}/dialogs/${session.sessionId}/transcripts/${transcriptId}`;
	}

	beforeEach(async () => {
		const { db } = getDatabase();
		sut = testApp(db);
		session = await seedSession(db);
		sut.signInAs(staff(session.personId, session.engagementId, ['facilitator']));
	});

	async function read(): Promise<TurnView[]> {
		return ((await sut.send('GET', `${at}/turns?limit=400`)).body as TurnPage).turns;
	}
	async function turn(index: number): Promise<TurnView> {
		const found = (await read())[index];
		if (!found) {
			throw new Error(`There is no turn ${index}.`);
		}
		return found;
	}
	async function edit(index: number, change: Record<string, unknown>) {
		const { id, version } = await turn(index);
		return await sut.send('POST', `${at}/edits`, { turnId: id, version, ...change });
	}
	async function hide(index: number, words: string, kind = 'name') {
		const { id, version, text } = await turn(index);
		const start = [...text.slice(0, text.indexOf(words))].length;
		const span = { start, end: start + [...words].length, kind };
		return await sut.send('POST', `${at}/redactions`, { turnId: id, version, ...span });
	}
	const words = async () => (await read()).map(({ text }) => text);
	/** All there is of each turn but its number. */
	const state = async () =>
		(await read()).map(({ version: _, redactions, ...rest }) => ({
			...rest,
			redactions: redactions.toSorted((one, other) => (one.id < other.id ? -1 : 1)),
		}));

	describe('is edited', () => {
		beforeEach(async () => {
			const { A, B } = session.seats;
			await open([
				{ text: 'The bus is late and Tyler waits.', seatId: A },
				{ text: 'Every day.', seatId: A },
				{ text: 'Not mine.', seatId: B },
			]);
		});

		test('word by word, each one back and forth', async () => {
			const { body } = await edit(0, { kind: 'text', text: 'The  bus is\nlate and Tyler walks.' });
			expect((body as ChangedTurns).counts).toMatchObject({ canUndo: true, undecided: 1 });
			expect((await turn(0)).text).toBe('The bus is late and Tyler walks.');
			await sut.send('POST', `${at}/undo`);
			expect((await turn(0)).text).toBe('The bus is late and Tyler waits.');
			await sut.send('POST', `${at}/redo`);
			expect((await turn(0)).text).toBe('The bus is late and Tyler walks.');
			expect(await sut.send('POST', `${at}/redo`)).toMatchObject({
				status: 409,
				body: { error: { code: 'nothing_to_redo' } },
			});
		});

		test('by splitting and merging, times and hidden words with it', async () => {
			await hide(0, 'Tyler');
			await edit(0, { kind: 'split', at: 16 });
			expect(await words()).toEqual([
				'The bus is late',
				'and Tyler waits.',
				'Every day.',
				'Not mine.',
			]);
			const [left, right] = await read();
			expect(left).toMatchObject({ startMs: 0, endMs: 500, redactions: [] });
			expect(right).toMatchObject({
				startMs: 500,
				endMs: 1000,
				redactions: [{ start: 4, end: 9, status: 'accepted' }],
			});
			await edit(1, { kind: 'merge' });
			expect((await turn(0)).text).toBe('The bus is late and Tyler waits.');
			expect((await turn(0)).redactions).toMatchObject([{ start: 20, end: 25 }]);
			expect(await edit(2, { kind: 'merge' })).toMatchObject({
				body: { error: { code: 'turns_of_two' } },
			});
			expect(await edit(0, { kind: 'merge' })).toMatchObject({
				body: { error: { code: 'nothing_to_merge' } },
			});
		});

		test('for ever between the same two words', async () => {
			await open([{ text: 'a '.repeat(80).trim() }, { text: 'end' }]);
			for (let index = 0; index < 79; index += 1) {
				expect((await edit(0, { kind: 'split', at: 2 * (79 - index) })).status).toBe(200);
			}
			expect(await words()).toEqual([...Array.from({ length: 80 }, () => 'a'), 'end']);
		});

		test('by one person at a time', async () => {
			const { id, version } = await turn(0);
			await edit(0, { kind: 'text', text: 'Theirs.' });
			const mine = { turnId: id, version, kind: 'text', text: 'Mine.' };
			expect(await sut.send('POST', `${at}/edits`, mine)).toMatchObject({
				status: 409,
				body: { error: { code: 'changed_meanwhile' } },
			});
			expect((await turn(0)).text).toBe('Theirs.');
		});

		test('by several people, each of whom undoes their own', async () => {
			const { db } = getDatabase();
			const { engagementId, sessionId } = session;
			const other = await seedPerson(db, {
				engagementId,
				email: `second@${engagementId}.example.org`,
				roles: ['facilitator'],
			});
			await db
				.insertInto('dialog_duty')
				.values({
					engagement_id: engagementId,
					id: sut.deps.random.uuid7(),
					session_id: sessionId,
					role: 'note_taker',
					person_id: other,
				})
				.execute();
			await edit(0, { kind: 'text', text: 'First.' });
			sut.signInAs(staff(other, engagementId, ['facilitator']));
			await edit(1, { kind: 'text', text: 'Second.' });
			await sut.send('POST', `${at}/undo`);
			expect(await words()).toEqual(['First.', 'Every day.', 'Not mine.']);
			await edit(0, { kind: 'unclear', isUnclear: true });
			sut.signInAs(staff(session.personId, engagementId, ['facilitator']));
			expect(await sut.send('POST', `${at}/undo`)).toMatchObject({
				status: 409,
				body: { error: { code: 'changed_meanwhile' } },
			});
		});

		test('by its prompt: of one turn, and from here on up to the next prompt', async () => {
			const { A, B } = session.seats;
			await open([
				{ text: 'Late again.', seatId: A, promptKey: 'p1' },
				{ text: 'Tyler, too.', seatId: B, promptKey: 'p1' },
				{ text: '[missing audio 00:02–00:40]', kind: 'missing' },
				{ text: 'And the locks.', seatId: A, promptKey: 'p1' },
				{ text: 'Something else.', seatId: A, promptKey: 'p2' },
				{ text: 'Late once more.', seatId: B, promptKey: 'p1' },
			]);
			const prompts = async () => (await read()).map(({ promptKey }) => promptKey);
			await hide(1, 'Tyler');
			await edit(1, { kind: 'prompt', promptKey: 'p2', isFromHere: true });
			expect(await prompts()).toEqual(['p1', 'p2', null, 'p2', 'p2', 'p1']);
			expect((await turn(1)).redactions).toMatchObject([{ status: 'accepted' }]);
			await edit(0, { kind: 'prompt', promptKey: null });
			expect(await prompts()).toEqual([null, 'p2', null, 'p2', 'p2', 'p1']);
			await sut.send('POST', `${at}/undo`);
			await sut.send('POST', `${at}/undo`);
			expect(await prompts()).toEqual(['p1', 'p1', null, 'p1', 'p2', 'p1']);
			await sut.send('POST', `${at}/redo`);
			expect(await prompts()).toEqual(['p1', 'p2', null, 'p2', 'p2', 'p1']);
			expect(await edit(0, { kind: 'prompt', promptKey: 'other' })).toMatchObject({
				status: 422,
				body: { error: { fields: { promptKey: 'Choose a prompt of this session.' } } },
			});
		});

		test('from here on in a long one: what is told is some of it, and it says so', async () => {
			await open(
				Array.from({ length: 1200 }, (_, index) => ({
					text: `Turn ${index}.`,
					promptKey: index === 0 ? 'p1' : null,
				})),
			);
			const { body } = await edit(1, { kind: 'prompt', promptKey: 'p1', isFromHere: true });
			expect((body as ChangedTurns).hasMore).toBe(true);
			const { n } = await getDatabase()
				.db.selectFrom('turn')
				.select((expression) => expression.fn.countAll().as('n'))
				.where('transcript_id', '=', transcriptId)
				.where('prompt_key', '=', 'p1')
				.executeTakeFirstOrThrow();
			expect(Number(n)).toBe(1200);
		});

		test('in every way, and undone to what it was, and redone to what it became', async () => {
			const change = fc.oneof(
				fc.record({
					kind: fc.constant('text'),
					text: fc.constantFrom('Tyler ran.', 'My name is Ana.', 'So', 'سارة 我们'),
				}),
				fc.record({ kind: fc.constant('split'), at: fc.integer({ min: 1, max: 20 }) }),
				fc.record({ kind: fc.constant('merge') }),
				fc.record({
					kind: fc.constant('seat'),
					speaker: fc.constantFrom('nobody', 'facilitator', ''),
				}),
				fc.record({ kind: fc.constant('unclear'), isUnclear: fc.boolean() }),
				fc.record({
					kind: fc.constant('time'),
					startMs: fc.nat(500),
					endMs: fc.integer({ min: 500, max: 900 }),
				}),
				fc.record({
					kind: fc.constant('prompt'),
					promptKey: fc.constantFrom('p1', 'p2', null),
					isFromHere: fc.boolean(),
				}),
				fc.record({ kind: fc.constant('delete') }),
				fc.record({ kind: fc.constant('hide') }),
			);
			const steps = fc.array(fc.record({ at: fc.nat(9), change }), { minLength: 1, maxLength: 8 });
			await fc.assert(
				fc.asyncProperty(steps, async (given) => {
					await open([
						{ text: 'Tyler waits here.', seatId: session.seats.A },
						{ text: 'Every day.', seatId: session.seats.A, promptKey: 'p1' },
						{ text: 'Not mine.', promptKey: 'p2' },
					]);
					const before = await state();
					let done = 0;
					for (const step of given) {
						const turns = await read();
						if (turns.length === 0) {
							continue;
						}
						const index = step.at % turns.length;
						const { status } = await (step.change.kind === 'hide'
							? hide(index, [...(turns[index]?.text ?? '')].slice(0, 3).join(''))
							: edit(index, step.change));
						done += Number(status < 300);
					}
					const after = await state();
					for (let index = 0; index < done; index += 1) {
						expect((await sut.send('POST', `${at}/undo`)).status).toBe(200);
					}
					expect(await state()).toEqual(before);
					for (let index = 0; index < done; index += 1) {
						expect((await sut.send('POST', `${at}/redo`)).status).toBe(200);
					}
					expect(await state()).toEqual(after);
				}),
				{ numRuns: 12, seed: 7 },
			);
		}, 120_000);
	});

	describe('is read over for what must not be read', () => {
		beforeEach(async () => {
			await open([
				{ text: 'Tyler said hi', seatId: session.seats.A },
				{ text: 'tyler again', seatId: session.seats.A },
				{ text: 'and Tyler too', seatId: session.seats.B },
			]);
			// A changed word has the text looked over again.
			for (const [index, text] of ['Tyler said hi!', 'tyler again!', 'and Tyler too!'].entries()) {
				await edit(index, { kind: 'text', text });
			}
		});
		const undecided = async () =>
			(await read()).flatMap(({ redactions }) =>
				redactions.filter(({ status }) => status === 'suggested'),
			);

		test('one word at once, wherever it stands, and undone at once', async () => {
			const [first] = await undecided();
			expect(await undecided()).toHaveLength(3);
			const { body } = await sut.send('PUT', `${at}/redactions/${first?.id}`, {
				status: 'accepted',
				isForAll: true,
			});
			expect((body as ChangedTurns).counts.undecided).toBe(0);
			expect((body as ChangedTurns).turns).toHaveLength(3);
			await sut.send('POST', `${at}/undo`);
			expect(await undecided()).toHaveLength(3);
		});

		test('and a name heard anywhere in it is looked for in a turn that is edited', async () => {
			await open([{ text: 'my name is Rosalind' }, { text: 'we wait' }, { text: 'for ever' }]);
			await hide(0, 'Rosalind');
			await edit(1, { kind: 'text', text: 'rosalind waits' });
			expect((await turn(1)).redactions).toMatchObject([{ start: 0, end: 8, status: 'suggested' }]);
		});

		test('and the sound is silenced with it, until it is undone', async () => {
			const { db } = getDatabase();
			const recordingId = sut.deps.random.uuid7();
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
					offset_ms: 1000,
					duration_ms: 60_000,
					bytes: 1,
					sha256: null,
					manifest: '{"slices":[],"gaps":[]}',
					problem: null,
					delete_after: '2027-01-01',
					deleted_at: null,
					created_by: null,
				})
				.execute();
			({ transcriptId } = await seedTranscript(db, session, {
				recordingId,
				turns: [{ text: '0123456789', startMs: 11_000, endMs: 21_000 }],
			}));
			at = `${at.slice(0, at.lastIndexOf('/'))}/${transcriptId}`;
			const cuts = async () =>
				await db
					.selectFrom('recording_cut')
					.select(['start_ms', 'end_ms', 'reason'])
					.where('recording_id', '=', recordingId)
					.execute();
			await hide(0, '56');
			// 5 s and 7 s into the turn, 0.4 s and a twentieth of the turn around them.
			expect(await cuts()).toEqual([{ start_ms: 14_100, end_ms: 17_900, reason: 'redacted' }]);
			await sut.send('POST', `${at}/undo`);
			expect(await cuts()).toEqual([]);
		});

		test('and the data steward alone reads what was hidden, and turns it round', async () => {
			const [first] = await undecided();
			await sut.send('PUT', `${at}/redactions/${first?.id}`, { status: 'accepted' });
			const log = `/api/engagements/${session.engagementId}/redactions`;
			expect((await sut.send('GET', log)).status).toBe(403);
			sut.signInAs(staff(session.personId, session.engagementId, ['data_steward']));
			const { entries } = (await sut.send('GET', log)).body as RedactionLog;
			expect(entries).toMatchObject([
				{ words: 'Tyler', status: 'accepted', decidedBy: 'Test Person', isHeld: false },
			]);
			expect((await sut.send('PUT', `${log}/${first?.id}`, { status: 'rejected' })).status).toBe(
				200,
			);
			expect(((await sut.send('GET', log)).body as RedactionLog).entries[0]?.status).toBe(
				'rejected',
			);
		});
	});

	describe('becomes excerpts', () => {
		const long = 'The bathroom is locked all morning.';
		beforeEach(async () => {
			const { A, B } = session.seats;
			await open([
				{ text: 'What about the day?', isFacilitator: true },
				{ text: `Tyler says: ${long}`, seatId: A, promptKey: 'p1' },
				{ text: 'Why is that?', isFacilitator: true },
				{ text: 'Nobody ever tells us why, honestly.', seatId: B, promptKey: 'p1' },
				{ text: 'idk', seatId: B, promptKey: 'p1' },
				{ text: 'The bus comes late in the winter.', seatId: A, promptKey: 'p2' },
			]);
			await hide(1, 'Tyler');
			await sut.send('POST', `${at}/check`);
		});
		const excerpts = async () =>
			await getDatabase()
				.db.selectFrom('excerpt')
				.selectAll()
				.where('engagement_id', '=', session.engagementId)
				.orderBy('queue_position')
				.execute();
		async function mark(from: [number, number], to: [number, number]) {
			const turns = await read();
			return await sut.send('POST', `${at}/spans`, {
				start: { turnId: turns[from[0]]?.id, at: from[1] },
				end: { turnId: turns[to[0]]?.id, at: to[1] },
			});
		}

		test('across turns, without the facilitator and what is hidden', async () => {
			expect((await mark([1, 2], [3, 24])).status).toBe(201);
			const [excerpt] = await excerpts();
			expect(excerpt).toMatchObject({
				source_kind: 'turn',
				text: `[name] says: ${long}\n[…]\nNobody ever tells us why`,
				session_id: session.sessionId,
				prompt_key: 'p1',
				language: 'en',
				in_sample: true,
				redactions: [{ start: 0, end: 5, kind: 'name' }],
			});
			const shown = await read();
			expect(shown[1]?.spans).toMatchObject([{ start: 0, end: 13 + long.length }]);
			expect(shown[3]?.spans).toMatchObject([{ start: 0, end: 24 }]);
			expect(await mark([3, 10], [3, 20])).toMatchObject({
				body: { error: { code: 'span_overlaps' } },
			});
			expect(await mark([0, 0], [3, 20])).toMatchObject({
				body: { error: { code: 'span_unusable' } },
			});
		});

		test('as they are by prompt, but blank words, and shuffled behind the others', async () => {
			const taken = await sut.send('POST', `${at}/spans/take`, { promptKey: 'p1' });
			expect(taken.body as TakenTurns).toEqual({ made: 2, passedOver: 1 });
			const again = await sut.send('POST', `${at}/spans/take`, {});
			expect(again.body as TakenTurns).toEqual({ made: 1, passedOver: 1 });
			expect((await excerpts()).map(({ queue_position }) => queue_position)).toEqual([0, 1, 2]);
		});

		test('that hold their words: a change under one is refused, one beside it is not', async () => {
			await mark([5, 0], [5, 7]);
			await sut.send('POST', `${at}/reopen`);
			const refused = { body: { error: { code: 'turn_in_excerpt' } } };
			expect(
				await edit(5, { kind: 'text', text: 'A bus comes late in the winter.' }),
			).toMatchObject(refused);
			expect(await edit(5, { kind: 'split', at: 12 })).toMatchObject(refused);
			expect(await edit(5, { kind: 'delete' })).toMatchObject(refused);
			expect(await edit(5, { kind: 'seat', speaker: session.seats.B })).toMatchObject(refused);
			expect(await hide(5, 'bus')).toMatchObject(refused);
			const other = { kind: 'prompt', promptKey: 'p1' };
			expect(await edit(5, other)).toMatchObject(refused);
			expect((await edit(4, { ...other, promptKey: 'p2' })).status).toBe(200);
			await sut.send('POST', `${at}/undo`);
			expect(
				(await edit(5, { kind: 'text', text: 'Yes. The bus comes late in May.' })).status,
			).toBe(200);
			const { spans } = await turn(5);
			expect(spans).toMatchObject([{ start: 5, end: 12 }]);
			expect((await sut.send('POST', `${at}/undo`)).status).toBe(200);
			expect((await turn(5)).spans).toMatchObject([{ start: 0, end: 7 }]);
		});

		test('whose hidden words stay hidden, until the excerpt is taken back', async () => {
			await mark([1, 0], [1, 20]);
			await sut.send('POST', `${at}/reopen`);
			expect(await sut.send('POST', `${at}/undo`)).toMatchObject({
				body: { error: { code: 'turn_in_excerpt' } },
			});
			const [span] = (await turn(1)).spans;
			expect((await sut.send('DELETE', `${at}/spans/${span?.id}`)).status).toBe(200);
			expect(await excerpts()).toEqual([]);
			expect((await sut.send('POST', `${at}/undo`)).status).toBe(200);
		});

		test('that stay once somebody coded them', async () => {
			await mark([1, 0], [1, 20]);
			const [excerpt] = await excerpts();
			await getDatabase()
				.db.insertInto('excerpt_decision')
				.values({
					engagement_id: session.engagementId,
					excerpt_id: excerpt?.id ?? '',
					coder_id: session.personId,
					saw_suggestions: false,
					decided_at: new Date('2026-01-12T12:00:00Z'),
				})
				.execute();
			const [span] = (await turn(1)).spans;
			expect(await sut.send('DELETE', `${at}/spans/${span?.id}`)).toMatchObject({
				body: { error: { code: 'excerpt_in_use' } },
			});
			expect(await sut.send('DELETE', at)).toMatchObject({
				body: { error: { code: 'transcript_in_use' } },
			});
		});

		test('of checked transcripts alone', async () => {
			await sut.send('POST', `${at}/reopen`);
			expect(await mark([1, 0], [1, 20])).toMatchObject({
				body: { error: { code: 'transcript_not_checked' } },
			});
		});
	});

	test('drops what may not be transcribed when it is checked, with every trace of it', async () => {
		const { db } = getDatabase();
		session = await seedSession(db, { without: { seat: 'C', scope: 'transcribed' } });
		sut.signInAs(staff(session.personId, session.engagementId, ['facilitator']));
		await open([{ text: 'I stay.', seatId: session.seats.A }, { text: 'I must not be here.' }]);
		await edit(1, { kind: 'text', text: 'I must not be read.' });
		await edit(1, { kind: 'seat', speaker: session.seats.C });
		expect(await sut.send('POST', `${at}/check`)).toMatchObject({ body: { dropped: 1 } });
		expect(await words()).toEqual(['I stay.']);
		const edits = await db
			.selectFrom('turn_edit')
			.selectAll()
			.where('transcript_id', '=', transcriptId)
			.execute();
		expect(JSON.stringify(edits)).not.toContain('must not');
	});
});
