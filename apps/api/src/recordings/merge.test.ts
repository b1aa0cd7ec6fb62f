import type { Recording } from '@throughline/db/queries/recording';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { type Cut, mergeOf, type SessionSound } from './merge.ts';
import { refusedSpans } from './session-sound.ts';

/** A tablet's recording of table 1, from one second of the session to another. */
function recording(id: string, [from, to]: [number, number], change: Partial<Recording> = {}) {
	const slice = {
		number: 0,
		segment: 0,
		bytes: 10,
		sha256: '',
		startMs: from * 1000,
		endMs: to * 1000,
	};
	const made: Recording = {
		engagement_id: 'e',
		id,
		session_id: 's',
		device_id: `device of ${id}`,
		label: id,
		table_no: 1,
		mime: 'audio/webm',
		status: 'ready',
		started_at: new Date(0),
		offset_ms: from * 1000,
		duration_ms: null,
		bytes: 10,
		sha256: id,
		manifest: { slices: [slice], gaps: [] },
		progress: 100,
		problem: null,
		delete_after: '2026-03-01',
		deleted_at: null,
		created_at: new Date(0),
		...change,
	};
	return made;
}
const byHand = { device_id: null, manifest: { slices: [], gaps: [] } };
const cut = (recordingId: string, from: number, to: number, reason: Cut['reason'] = 'asked') => ({
	recordingId,
	start_ms: from * 1000,
	end_ms: to * 1000,
	reason,
});
const sound = (recordings: Recording[], more: Partial<SessionSound> = {}): SessionSound => ({
	recordings,
	cuts: [],
	quiet: [],
	refused: [],
	endedMs: null,
	...more,
});
const spans = (cuts: readonly Cut[]) => cuts.map(({ start_ms: a, end_ms: b }) => [a, b]);
const a = recording('a', [0, 100]);
const b = recording('b', [10, 200]);

describe('recordings of a table', () => {
	test('are heard in the first that is here, in the order they began', () => {
		const c = recording('c', [20, 300]);
		const order = (recordings: Recording[]) =>
			recordings.map((each) =>
				mergeOf(each, sound(recordings))
					.fills.map(({ recording: { id } }) => id)
					.join(),
			);
		expect(order([a, b, c])).toEqual(['b,c', '', '']);
		const failed = recording('a', [0, 100], { status: 'failed' });
		expect(order([failed, b, c])).toEqual(['', 'c', '']);
		const announced = recording('b', [10, 200], { status: 'announced' });
		expect(order([a, announced, c])).toEqual(['c', '', '']);
	});

	test('of other tables have nothing to do with it, nor has one without a table', () => {
		const others = [
			recording('b', [10, 200], { table_no: 2 }),
			recording('c', [10, 200], { table_no: null }),
		];
		const cuts = [cut('b', 1, 2), cut('c', 1, 2)];
		expect(mergeOf(a, sound([a, ...others], { cuts }))).toEqual({
			cuts: [],
			fills: [],
			first: null,
			facts: [],
		});
	});

	test('are silent where any of them was cut: widened where it comes from another clock', () => {
		const cuts = [cut('a', 20, 30), cut('b', 40, 50)];
		const both = sound([a, b], { cuts });
		expect(spans(mergeOf(a, both).cuts)).toEqual([
			[20_000, 30_000],
			[48_000, 62_000],
		]);
		expect(spans(mergeOf(b, both).cuts)).toEqual([
			[40_000, 50_000],
			[8000, 22_000],
		]);
	});

	test('are not cut wider for a deletion that reached each by itself', () => {
		const cuts = [cut('a', 20, 30), cut('b', 10, 20)];
		expect(spans(mergeOf(a, sound([a, b], { cuts })).cuts)).toEqual([[20_000, 30_000]]);
	});

	test('are cut a minute wider where a clock was told by hand, but for hidden words', () => {
		const file = recording('b', [0, 0], { ...byHand, offset_ms: 10_000 });
		const cuts = [cut('b', 70, 71), cut('b', 75, 76, 'redacted')];
		expect(spans(mergeOf(a, sound([a, file], { cuts })).cuts)).toEqual([
			[20_000, 100_000],
			[83_000, 88_000],
		]);
	});

	test('stay as they were made where there is one alone', () => {
		const cuts = [cut('a', 20, 30), cut('a', 1, 2)];
		expect(mergeOf(a, sound([a], { cuts })).facts).toEqual(['20000-30000', '1000-2000']);
	});

	test('make another copy with every cut, pause, no, end and other recording', () => {
		const facts = (more: Partial<SessionSound>, others = [b]) =>
			mergeOf(a, sound([a, ...others], more)).facts.join();
		const all = [
			facts({}),
			facts({}, []),
			facts({}, [recording('b', [10, 200], { sha256: 'another' })]),
			facts({}, [recording('b', [11, 200])]),
			facts({ cuts: [cut('a', 1, 2)] }),
			facts({ cuts: [cut('b', 150, 160)] }),
			facts({ quiet: [{ startMs: 1000, endMs: 2000, tableNo: null }] }),
			facts({ refused: [{ startMs: 1000, endMs: 9000 }] }),
			facts({ endedMs: 150_000 }),
		];
		expect(new Set(all).size).toBe(all.length);
	});
});

test('nothing is taken of another where anything was cut, whatever the cuts', () => {
	const span = fc.tuple(fc.integer({ min: 0, max: 190 }), fc.integer({ min: 1, max: 60 }));
	const some = fc.array(fc.tuple(fc.constantFrom(a, b), span), { maxLength: 12 });
	fc.assert(
		fc.property(some, (wanted) => {
			const cuts = wanted.map(([{ id }, [from, length]]) => cut(id, from, from + length));
			const [fill] = mergeOf(a, sound([a, b], { cuts })).fills;
			for (const [{ offset_ms: offset }, [from, length]] of wanted) {
				// In the time of the copy, which is that of the session here.
				const [startMs, endMs] = [offset + from * 1000, offset + (from + length) * 1000];
				const isClosed = fill?.closed.some(
					(closed) => closed.startMs <= startMs && closed.endMs >= endMs,
				);
				expect(isClosed).toBe(true);
			}
		}),
		{ numRuns: 200 },
	);
});

test('a no lasts until the same one says yes', () => {
	const said = (seatId: string, atMs: number, isGiven: boolean, scope = 'recorded') => ({
		seatId,
		scope,
		source: 'student',
		isGiven,
		atMs,
	});
	const entries = [
		said('A', 0, true),
		said('B', 1000, true),
		said('A', 2000, false),
		said('A', 2500, false),
		said('B', 3000, false, 'quoted'),
		said('B', 4000, true),
		said('A', 5000, true),
		said('B', 6000, false),
	];
	expect(refusedSpans(entries)).toEqual([
		{ startMs: 2000, endMs: 5000 },
		{ startMs: 6000, endMs: Infinity },
	]);
});
