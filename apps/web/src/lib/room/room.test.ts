import type { Operation, RoomKit } from '@throughline/api/client';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { lastSaid, modeOf, startChecks } from './consent.ts';
import { applyToRoom, emptyRoom, isWithin, refreshRoom, type Room, seatLabel } from './room.ts';
import { sampleKit } from './sample-kit.ts';
import { clockWords, keyOfSeat, promptMs, seatOfKey, talkOf } from './talk.ts';

const kit: RoomKit = sampleKit();
const said = (type: string, more: object, at = '2026-01-15T15:00:00.000Z'): Operation =>
	// Written out below as the API takes them.
	({ id: crypto.randomUUID(), at, type, ...more }) as unknown as Operation;

function after(...operations: Operation[]): Room {
	return operations.reduce(applyToRoom, emptyRoom(kit));
}

function everything(seatId: string, options: { without?: string } = {}): Operation[] {
	const lines = kit.consent[0]?.lines ?? [];
	return [
		said('seat', { seatId, position: seatId === 's1' ? 1 : 2, isTaken: true }),
		...lines
			.filter(({ scope, source }) => `${source} ${scope}` !== options.without)
			.map(({ scope, source }) => said('consent', { seatId, scope, source, isGiven: true })),
	];
}

describe('the room on a tablet', () => {
	it('is the same after an operation came twice', () => {
		const once = [
			...everything('s1'),
			said('note', { noteId: 'n1', atMs: 5, text: 'Loud.', promptKey: 'P1' }),
			said('event', { kind: 'speaking', seatId: 's1', startMs: 0, endMs: 9000 }),
			said('start', {}),
		];
		fc.assert(
			fc.property(fc.integer({ min: 1, max: once.length }), (n) => {
				expect(after(...once, ...once.slice(0, n))).toEqual(after(...once));
			}),
		);
		expect.hasAssertions();
	});

	it('has no note of the minute that was deleted, whenever it was begun', () => {
		const note = (id: string, atMs: number) => said('note', { noteId: id, atMs, text: id });
		const room = after(
			note('before', 1000),
			note('in', 70_000),
			said('event', { kind: 'deleted', startMs: 60_000, endMs: 120_000 }),
		);
		expect(room.notes.map(({ id }) => id)).toEqual(['before']);
		expect(isWithin({ atMs: 50, touchedMs: 70_000 }, { startMs: 60_000, endMs: 120_000 })).toBe(
			true,
		);
	});

	it('takes over what was planned since, and keeps what was done here', () => {
		const room = after(said('gate', { step: 'b2' }));
		const fresh: RoomKit = {
			...kit,
			gates: kit.gates.map((gate) => ({ ...gate, doneAt: gate.step === 'b1' ? 'day' : null })),
			seats: [...kit.seats, { id: 's9', label: 'Voice C', position: 3, isTaken: false }],
		};
		const both = refreshRoom(room, fresh);
		expect(Object.keys(both.gates).toSorted()).toEqual(['b1', 'b2']);
		expect(both.seats.map(({ id }) => id)).toEqual(['s1', 's2', 's9']);
	});

	it.each([
		[1, 'Voice A'],
		[26, 'Voice Z'],
		[27, 'Voice AA'],
	])('names seat %i %s', (position, label) => {
		expect(seatLabel(position)).toBe(label);
	});
});

describe('consent on a tablet', () => {
	it('is for sound when everybody there allows it, and for notes when one does not', () => {
		expect(modeOf(after(...everything('s1'), ...everything('s2')), kit)).toBe('audio');
		const missing = everything('s2', { without: 'guardian recorded' });
		expect(modeOf(after(...everything('s1'), ...missing), kit)).toBe('notes_only');
	});

	it('goes by the newest word', () => {
		const of = { seatId: 's1', scope: 'quoted', source: 'student' } as const;
		const room = after(
			said('consent', { ...of, isGiven: true }, '2026-01-15T15:00:00.000Z'),
			said('consent', { ...of, isGiven: false }, '2026-01-15T15:00:01.000Z'),
		);
		expect(lastSaid(room.ledger, of)).toBe('no');
	});

	it('keeps the session from beginning until it was read, and everybody there was asked', () => {
		const met = (room: Room) => startChecks(room, kit).filter(({ isMet }) => isMet);
		const gates = kit.gates.map(({ step }) => said('gate', { step }));
		const room = after(...gates, ...everything('s1'), ...everything('s2'));
		expect(met({ ...room, present: 2 }).map(({ key }) => key)).not.toContain('read_aloud');
		expect(met({ ...room, present: 3, isReadAloud: true })).toHaveLength(3);
		expect(met({ ...room, present: 2, isReadAloud: true })).toHaveLength(4);
	});
});

describe('talk', () => {
	it('is counted per seat, the one who speaks now included', () => {
		const room = after(
			...everything('s1'),
			...everything('s2'),
			said('event', { kind: 'speaking', seatId: 's1', startMs: 0, endMs: 30_000 }),
			said('event', { kind: 'facilitator', seatId: null, startMs: 30_000, endMs: 40_000 }),
		);
		const talk = talkOf({ ...room, speaking: { seatId: 's2', since: 40_000 } }, 50_000);
		expect(talk.seats.map(({ ms, share }) => [ms, share])).toEqual([
			[30_000, 0.75],
			[10_000, 0.25],
		]);
		expect(talk.facilitatorMs).toBe(10_000);
	});

	it('has its time from the agenda, in equal parts', () => {
		expect(promptMs([{ minutes: 10, prompts: ['P3', 'P4'] }], 'P4')).toBe(300_000);
		expect(promptMs([{ minutes: 10 }], 'P4')).toBeNull();
	});

	it.each([
		[0, '0:00'],
		[65_000, '1:05'],
		[605_000, '10:05'],
		[3_605_000, '1:00:05'],
	])('shows %i ms as %s', (ms, words) => {
		expect(clockWords(ms)).toBe(words);
	});

	it('has a key for each of 21 seats', () => {
		const keys = Array.from({ length: 22 }, (_, index) => keyOfSeat(index));
		expect(keys[21]).toBeNull();
		expect(keys.slice(0, 21).map((key) => seatOfKey(key ?? ''))).toEqual(
			Array.from({ length: 21 }, (_, index) => index),
		);
		expect([seatOfKey('0'), seatOfKey('Enter'), seatOfKey('z')]).toEqual([null, null, null]);
	});
});
