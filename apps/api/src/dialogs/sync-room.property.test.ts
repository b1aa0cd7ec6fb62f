import { describeOnBothDatabases } from '@throughline/db/testing';
import type { Schema } from '@throughline/db/schema';
import fc from 'fast-check';
import { type Kysely } from 'kysely';
import { expect, test } from 'vitest';
import { systemRandom } from '../system/random.ts';
import { seedDialogRoom } from '../testing/seed-dialog-room.ts';
import { testApp } from '../testing/test-app.ts';
import { consentLanguages } from './consent-words.ts';
import { syncRoom } from './sync-room.ts';

/** Ids are numbers in the drawn operations and become ids of the session at hand. */
const at = fc.integer({ min: 0, max: 5 });
const seat = fc.integer({ min: 0, max: 2 });
/** A note's place in time never changes: it follows from which note it is. */
const noteNumber = fc.integer({ min: 0, max: 3 });
const drawn = fc.oneof(
	fc.record({ type: fc.constant('seat' as const), at, seat, isTaken: fc.boolean() }),
	fc.record({
		type: fc.constant('consent' as const),
		at,
		seat,
		line: fc.integer({ min: 0, max: 9 }),
		isGiven: fc.boolean(),
	}),
	fc.record({ type: fc.constant('note' as const), at, note: noteNumber, text: fc.string() }),
	fc.record({ type: fc.constant('note_deleted' as const), at, note: noteNumber }),
	fc.record({ type: fc.constant('deleted' as const), at, minute: noteNumber }),
	fc.record({ type: fc.constant('count' as const), at, n: fc.integer({ min: 0, max: 9 }) }),
	fc.record({ type: fc.constant('agreements' as const), at, text: fc.string() }),
	fc.record({ type: fc.constant('participants' as const), at, n: fc.integer({ min: 0, max: 9 }) }),
	fc.record({ type: fc.constant('gate' as const), at }),
	fc.record({ type: fc.constant('start' as const), at }),
	fc.record({ type: fc.constant('end' as const), at }),
);
type Drawn = typeof drawn extends fc.Arbitrary<infer Value> ? Value : never;

/** A list, and the order and repetitions in which a tablet on a bad line sends it. */
const run = fc.array(drawn, { minLength: 1, maxLength: 14 }).chain((list) =>
	fc.record({
		list: fc.constant(list),
		order: fc.shuffledSubarray(
			list.flatMap((_, index) => [index, index]),
			{ minLength: list.length * 2 },
		),
		cut: fc.integer({ min: 0, max: list.length * 2 }),
	}),
);

describeOnBothDatabases('what tablets send', (getDatabase) => {
	test('gives the same state in any order, however often it comes', async () => {
		const { db } = getDatabase();
		const { deps } = testApp(db);
		await fc.assert(
			fc.asyncProperty(run, async ({ list, order, cut }) => {
				const ids = list.map(() => systemRandom.uuid7());
				const noteIds = [0, 1, 2, 3].map(() => systemRandom.uuid7());
				const states: unknown[] = [];
				for (const indices of [list.map((_, index) => index), order]) {
					const room = await seedDialogRoom(db);
					const bringer = {
						engagementId: room.engagementId,
						sessionId: room.sessionId,
						personId: room.leadId,
						deviceId: await seedDevice(db, room),
						now: new Date('2026-01-15T18:00:00Z'),
					};
					const sent = indices.map((index) =>
						operationOf(list[index], { id: ids[index] ?? '', noteIds, seatIds: room.seatIds }),
					);
					const batches = indices === order ? [sent.slice(0, cut), sent.slice(cut)] : [sent];
					for (const batch of batches) {
						const { view } = await syncRoom(deps, bringer, batch);
						expect(view.results.filter(({ status }) => status === 'refused')).toEqual([]);
					}
					states.push(await stateOf(db, room));
				}
				expect(states[1]).toEqual(states[0]);
			}),
			{ numRuns: 15 },
		);
	}, 120_000);
});

function operationOf(
	drawnOne: Drawn | undefined,
	names: { id: string; noteIds: string[]; seatIds: string[] },
): { id: string } {
	if (!drawnOne) {
		throw new Error('The order holds places of the list alone.');
	}
	const said = { id: names.id, at: `2026-01-15T15:0${drawnOne.at}:00.000Z` };
	const seatId = 'seat' in drawnOne ? (names.seatIds[drawnOne.seat] ?? '') : null;
	switch (drawnOne.type) {
		case 'seat':
			return { ...drawnOne, ...said, ...{ seatId, position: drawnOne.seat + 1 } };
		case 'consent': {
			const line = consentLanguages[0]?.lines[drawnOne.line];
			const rest = { scope: line?.scope, source: line?.source, wordsHash: line?.hash };
			return { ...drawnOne, ...said, ...rest, ...{ seatId, language: 'en' } };
		}
		case 'note': {
			const place = { noteId: names.noteIds[drawnOne.note], atMs: drawnOne.note * 60_000 };
			const rest = { promptKey: 'P1', seatId, tableNo: null, isExact: false, language: 'en' };
			return { ...drawnOne, ...said, ...place, ...rest };
		}
		case 'note_deleted':
			return { ...drawnOne, ...said, ...{ noteId: names.noteIds[drawnOne.note] } };
		case 'deleted': {
			const startMs = drawnOne.minute * 60_000;
			const span = { startMs, endMs: startMs + 30_000, kind: 'deleted', reason: '' };
			return { ...said, ...span, ...{ type: 'event', promptKey: null, seatId, tableNo: null } };
		}
		case 'count':
			return { ...drawnOne, ...said, ...{ attribute: 'grade_band', value: '9-10' } };
		case 'gate':
			return { ...drawnOne, ...said, ...{ step: 'b1' } };
		default:
			return { ...drawnOne, ...said };
	}
}

async function seedDevice(
	db: Kysely<Schema>,
	room: { engagementId: string; leadId: string },
): Promise<string> {
	const id = systemRandom.uuid7();
	await db
		.insertInto('project_device')
		.values({
			engagement_id: room.engagementId,
			id,
			label: 'Tablet',
			person_id: room.leadId,
			token_hash: systemRandom.bytes(32),
			last_seen_on: null,
			revoked_at: null,
		})
		.execute();
	return id;
}

/** Everything a session holds, without ids of its own and times of arrival. */
async function stateOf(db: Kysely<Schema>, room: { sessionId: string }) {
	const of = room.sessionId;
	const session = await db
		.selectFrom('dialog_session')
		.select(['status', 'started_at', 'ended_at', 'participants', 'agreements', 'recording_mode'])
		.where('id', '=', of)
		.executeTakeFirstOrThrow();
	const seats = await db
		.selectFrom('dialog_seat')
		.select(['position', 'taken_at'])
		.where('session_id', '=', of)
		.orderBy('position')
		.execute();
	const consent = await db
		.selectFrom('consent_entry')
		.select(['id', 'scope', 'source', 'is_given', 'said_at'])
		.where('session_id', '=', of)
		.orderBy('id')
		.execute();
	const notes = await db
		.selectFrom('dialog_note')
		.select(['id', 'text', 'at_ms', 'deleted_at'])
		.where('session_id', '=', of)
		.orderBy('id')
		.execute();
	const counts = await db
		.selectFrom('dialog_count')
		.select(['attribute', 'value', 'n'])
		.where('session_id', '=', of)
		.execute();
	const gates = await db
		.selectFrom('dialog_gate')
		.select(['step', 'done_at'])
		.where('session_id', '=', of)
		.execute();
	const events = await db
		.selectFrom('dialog_event')
		.select(['id', 'start_ms', 'end_ms'])
		.where('session_id', '=', of)
		.orderBy('id')
		.execute();
	return { session, seats, consent, notes, counts, gates, events };
}
