import type { Gap, GapReason } from './recording.ts';

/** A slice is asked for every five seconds; the browser promises nothing. */
export const SLICE_MS = 5000;
/** So much later than asked for, and sound was lost: the tablet slept, or was busy elsewhere. */
const LATE_MS = 7000;
/** Safari hands out nothing now and then; for so long, and no sound is coming. */
const MOST_EMPTY = 4;

/** Times are milliseconds on the session's clock. */
interface Running {
	recordingId: string;
	/** The number of the file that is being written; a new one begins after every gap. */
	segment: number;
	gaps: readonly Gap[];
}

export type RecorderState =
	| { type: 'idle' }
	| { type: 'ready' }
	| (Running & { type: 'recording'; heardUntilMs: number; empty: number })
	| (Running & { type: 'paused'; sinceMs: number })
	| (Running & { type: 'interrupted'; sinceMs: number; reason: GapReason })
	| { type: 'stopped'; recordingId: string; gaps: readonly Gap[] }
	| { type: 'uploading'; recordingId: string; sent: number; total: number }
	| { type: 'verified'; recordingId: string }
	| { type: 'cleared'; recordingId: string };

export type RecorderEvent =
	| { type: 'microphone_ready' }
	| { type: 'microphone_released' }
	| { type: 'started'; recordingId: string; atMs: number }
	/** Somebody chose to continue what a crash broke off. */
	| {
			type: 'continued';
			recordingId: string;
			atMs: number;
			savedUntilMs: number;
			segment: number;
			gaps: readonly Gap[];
	  }
	| { type: 'slice'; atMs: number; bytes: number }
	| { type: 'paused'; atMs: number }
	| { type: 'interrupted'; atMs: number; reason: GapReason }
	| { type: 'resumed'; atMs: number }
	| { type: 'stopped'; atMs: number }
	| { type: 'upload_progressed'; recordingId: string; sent: number; total: number }
	| { type: 'upload_verified'; recordingId: string }
	| { type: 'copy_cleared'; recordingId: string };

/**
 * What the recorder is in after something happened. What cannot happen in a state leaves it as it
 * is: a button that was pressed twice, a track that ends after Stop.
 */
export function nextState(state: RecorderState, event: RecorderEvent): RecorderState {
	switch (event.type) {
		case 'microphone_ready':
			return isAtRest(state) ? { type: 'ready' } : state;
		case 'microphone_released':
			return state.type === 'ready' ? { type: 'idle' } : state;
		case 'started':
			return state.type === 'ready' ? begin(event) : state;
		case 'continued':
			return state.type === 'ready' ? goOn(event) : state;
		case 'slice':
			return state.type === 'recording' ? afterSlice(state, event) : state;
		case 'paused':
			return state.type === 'recording'
				? { ...running(state), type: 'paused', sinceMs: event.atMs }
				: state;
		case 'interrupted':
			return state.type === 'recording'
				? { ...running(state), type: 'interrupted', sinceMs: event.atMs, reason: event.reason }
				: state;
		case 'resumed':
			return afterGap(state, event.atMs);
		case 'stopped':
			return isRunning(state)
				? { type: 'stopped', recordingId: state.recordingId, gaps: state.gaps }
				: state;
		default:
			return afterUpload(state, event);
	}
}

/** Where the microphone may be asked for anew: nothing is being recorded. */
export function isAtRest(state: RecorderState): boolean {
	return !isRunning(state) && state.type !== 'ready';
}

export function isRunning(
	state: RecorderState,
): state is Extract<RecorderState, { type: 'recording' | 'paused' | 'interrupted' }> {
	return state.type === 'recording' || state.type === 'paused' || state.type === 'interrupted';
}

function running({ recordingId, segment, gaps }: Running): Running {
	return { recordingId, segment, gaps };
}

function begin({ recordingId, atMs }: { recordingId: string; atMs: number }): RecorderState {
	return { type: 'recording', recordingId, segment: 0, gaps: [], heardUntilMs: atMs, empty: 0 };
}

function goOn(event: Extract<RecorderEvent, { type: 'continued' }>): RecorderState {
	const gap = gapOf(event.savedUntilMs, event.atMs, 'crash');
	return {
		type: 'recording',
		recordingId: event.recordingId,
		segment: event.segment,
		gaps: [...event.gaps, ...gap],
		heardUntilMs: event.atMs,
		empty: 0,
	};
}

function afterSlice(
	state: Extract<RecorderState, { type: 'recording' }>,
	{ atMs, bytes }: { atMs: number; bytes: number },
): RecorderState {
	if (atMs - state.heardUntilMs > SLICE_MS + LATE_MS) {
		const gap = gapOf(state.heardUntilMs + SLICE_MS, atMs, 'late');
		const gaps = [...state.gaps, ...gap];
		return { ...state, segment: state.segment + 1, gaps, heardUntilMs: atMs, empty: 0 };
	}
	const empty = bytes === 0 ? state.empty + 1 : 0;
	if (empty >= MOST_EMPTY) {
		const sinceMs = Math.max(0, atMs - empty * SLICE_MS);
		return { ...running(state), type: 'interrupted', sinceMs, reason: 'muted' };
	}
	return { ...state, heardUntilMs: Math.max(state.heardUntilMs, atMs), empty };
}

function afterGap(state: RecorderState, atMs: number): RecorderState {
	if (state.type !== 'paused' && state.type !== 'interrupted') {
		return state;
	}
	const reason = state.type === 'paused' ? 'paused' : state.reason;
	return {
		type: 'recording',
		recordingId: state.recordingId,
		segment: state.segment + 1,
		gaps: [...state.gaps, ...gapOf(state.sinceMs, atMs, reason)],
		heardUntilMs: atMs,
		empty: 0,
	};
}

/** Only what this panel has just recorded is followed here; others upload beside it. */
function afterUpload(
	state: RecorderState,
	event: Extract<RecorderEvent, { type: 'upload_progressed' | 'upload_verified' | 'copy_cleared' }>,
): RecorderState {
	if (!('recordingId' in state) || state.recordingId !== event.recordingId || isRunning(state)) {
		return state;
	}
	const { recordingId } = event;
	if (event.type === 'upload_progressed') {
		return state.type === 'stopped' || state.type === 'uploading'
			? { type: 'uploading', recordingId, sent: event.sent, total: event.total }
			: state;
	}
	if (event.type === 'upload_verified') {
		return state.type === 'cleared' ? state : { type: 'verified', recordingId };
	}
	return state.type === 'verified' ? { type: 'cleared', recordingId } : state;
}

function gapOf(startMs: number, endMs: number, reason: GapReason): Gap[] {
	return endMs > startMs ? [{ startMs, endMs, reason }] : [];
}
