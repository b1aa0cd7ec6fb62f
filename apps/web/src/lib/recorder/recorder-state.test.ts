import fc from 'fast-check';
import { describe, expect, it, test } from 'vitest';
import {
	isRunning,
	nextState,
	type RecorderEvent,
	type RecorderState,
	SLICE_MS,
} from './recorder-state.ts';

const R = 'r-1';
const base = { recordingId: R, segment: 0, gaps: [] };
const states = {
	idle: { type: 'idle' },
	ready: { type: 'ready' },
	recording: { ...base, type: 'recording', heardUntilMs: 1000, empty: 0 },
	paused: { ...base, type: 'paused', sinceMs: 1000 },
	interrupted: { ...base, type: 'interrupted', sinceMs: 1000, reason: 'muted' },
	stopped: { type: 'stopped', recordingId: R, gaps: [] },
	uploading: { type: 'uploading', recordingId: R, sent: 1, total: 2 },
	verified: { type: 'verified', recordingId: R },
	cleared: { type: 'cleared', recordingId: R },
} satisfies Record<string, RecorderState>;

const events = {
	microphone_ready: { type: 'microphone_ready' },
	microphone_released: { type: 'microphone_released' },
	started: { type: 'started', recordingId: 'r-2', atMs: 2000 },
	continued: {
		type: 'continued',
		recordingId: 'r-0',
		atMs: 2000,
		savedUntilMs: 500,
		segment: 3,
		gaps: [],
	},
	slice: { type: 'slice', atMs: 2000, bytes: 9 },
	paused: { type: 'paused', atMs: 2000 },
	interrupted: { type: 'interrupted', atMs: 2000, reason: 'ended' },
	resumed: { type: 'resumed', atMs: 2000 },
	stopped: { type: 'stopped', atMs: 2000 },
	upload_progressed: { type: 'upload_progressed', recordingId: R, sent: 1, total: 2 },
	upload_verified: { type: 'upload_verified', recordingId: R },
	copy_cleared: { type: 'copy_cleared', recordingId: R },
} satisfies Record<string, RecorderEvent>;

/** Where each event leads from each state; where nothing stands, it changes nothing. */
const law: Record<keyof typeof states, Partial<Record<keyof typeof events, string>>> = {
	idle: { microphone_ready: 'ready' },
	ready: { microphone_released: 'idle', started: 'recording', continued: 'recording' },
	recording: { paused: 'paused', interrupted: 'interrupted', stopped: 'stopped' },
	paused: { resumed: 'recording', stopped: 'stopped' },
	interrupted: { resumed: 'recording', stopped: 'stopped' },
	stopped: {
		microphone_ready: 'ready',
		upload_progressed: 'uploading',
		upload_verified: 'verified',
	},
	uploading: {
		microphone_ready: 'ready',
		upload_progressed: 'uploading',
		upload_verified: 'verified',
	},
	verified: { microphone_ready: 'ready', upload_verified: 'verified', copy_cleared: 'cleared' },
	cleared: { microphone_ready: 'ready' },
};

describe('every event in every state', () => {
	const cases = Object.entries(states).flatMap(([from, state]) =>
		Object.entries(events).map(([name, event]) => ({
			from,
			name,
			state,
			event,
			// The tables have the same keys.
			to: law[from as keyof typeof law][name as keyof typeof events] ?? from,
		})),
	);
	test.each(cases)('$from, $name: $to', ({ state, event, to }) => {
		expect(nextState(state, event).type).toBe(to);
	});
});

describe('gaps', () => {
	it('are what lies between a pause and its end, and a new segment follows', () => {
		expect(nextState(states.paused, { type: 'resumed', atMs: 61_000 })).toMatchObject({
			segment: 1,
			gaps: [{ startMs: 1000, endMs: 61_000, reason: 'paused' }],
		});
	});

	it('keep the reason of an interruption', () => {
		expect(nextState(states.interrupted, { type: 'resumed', atMs: 4000 })).toMatchObject({
			gaps: [{ startMs: 1000, endMs: 4000, reason: 'muted' }],
		});
	});

	it('lie between a crash and going on', () => {
		expect(nextState(states.ready, events.continued)).toMatchObject({
			segment: 3,
			gaps: [{ startMs: 500, endMs: 2000, reason: 'crash' }],
		});
	});

	it('show in a slice that comes late by the clock', () => {
		const late = { type: 'slice', atMs: 91_000, bytes: 5 } as const;
		expect(nextState(states.recording, late)).toMatchObject({
			type: 'recording',
			segment: 1,
			gaps: [{ startMs: 1000 + SLICE_MS, endMs: 91_000, reason: 'late' }],
		});
	});

	it('are not seen in a slice that is a little late', () => {
		const event = { type: 'slice', atMs: 1000 + SLICE_MS + 6000, bytes: 5 } as const;
		expect(nextState(states.recording, event)).toMatchObject({ segment: 0, gaps: [] });
	});
});

it('takes a few empty slices for nothing, and many for a microphone that is dead', () => {
	let state: RecorderState = states.recording;
	for (let n = 1; n <= 3; n += 1) {
		state = nextState(state, { type: 'slice', atMs: 1000 + n * SLICE_MS, bytes: 0 });
		expect(state.type).toBe('recording');
	}
	state = nextState(state, { type: 'slice', atMs: 21_000, bytes: 0 });
	expect(state).toMatchObject({ type: 'interrupted', reason: 'muted', sinceMs: 1000 });
});

describe('whatever happens, in whatever order', () => {
	const step = fc.record({
		name: fc.constantFrom(...(Object.keys(events) as (keyof typeof events)[])),
		after: fc.integer({ min: 0, max: 20_000 }),
		bytes: fc.constantFrom(0, 900),
	});

	it('gaps are in order, apart and in the past; segments only count up; nothing un-records', () => {
		fc.assert(
			fc.property(fc.array(step, { maxLength: 60 }), (steps) => {
				let state: RecorderState = states.idle;
				let now = 0;
				for (const { name, after, bytes } of steps) {
					now += after;
					const before: RecorderState = state;
					// Each event with the time it is, as a recorder would send it.
					const event: RecorderEvent = Object.assign({}, events[name], {
						atMs: now,
						bytes,
						savedUntilMs: now,
					});
					state = nextState(before, event);
					if (isRunning(before)) {
						const isSame = 'recordingId' in state && state.recordingId === before.recordingId;
						expect(isSame).toBe(true);
						expect(isRunning(state) || state.type === 'stopped').toBe(true);
					}
					if (isRunning(state)) {
						if (isRunning(before)) {
							expect(state.segment - before.segment).toBeGreaterThanOrEqual(0);
							expect(state.segment - before.segment).toBeLessThanOrEqual(1);
							expect(state.gaps.slice(0, before.gaps.length)).toEqual(before.gaps);
						}
						let end = 0;
						for (const gap of state.gaps) {
							expect(gap.startMs).toBeGreaterThanOrEqual(end);
							expect(gap.endMs).toBeGreaterThan(gap.startMs);
							end = gap.endMs;
						}
						expect(end).toBeLessThanOrEqual(now);
					}
				}
			}),
			{ numRuns: 400 },
		);
	});
});
