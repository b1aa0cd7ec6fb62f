import type { CutRow, Recording } from '@throughline/db/queries/recording';
import { mergeSpans, type Stretch } from './timeline.ts';

/** So far two tablets lie apart, though each was put right by the server’s clock. */
const CLOCK_MS = 2000;
/** So far where somebody said by the clock on the wall when a recording began. */
const BY_HAND_MS = 60_000;

export type Cut = Pick<CutRow, 'start_ms' | 'end_ms' | 'reason'>;

/** What is known of the sound of a session: all that a copy to play is made of. */
export interface SessionSound {
	/** Deleted ones too, in the order they began. */
	recordings: readonly Recording[];
	cuts: readonly (Cut & { recordingId: string })[];
	/** Pauses, and what the group asked to have deleted, on the session’s clock; null is every table. */
	quiet: readonly (Stretch & { tableNo: number | null })[];
	/** While somebody had said no, on the session’s clock. */
	refused: readonly Stretch[];
	/** When the session ended, on its own clock. */
	endedMs: number | null;
}

/** How a recording is played: what of it is silent, and what others of its table add to it. */
export interface Merge {
	/** Of its own sound, in milliseconds since it began: its own cuts and those of its table. */
	cuts: Cut[];
	/** Whose sound is taken where it has none; those before others, in this order. */
	fills: Fill[];
	/** The recording whose copy takes of this one; null for the first of a table, and for one alone. */
	first: Recording | null;
	/** Whatever a copy is made of, written out: with another list it is another copy. */
	facts: string[];
}

interface Fill {
	recording: Recording;
	/** Put on a time of its own, gives the time in the copy. */
	shiftMs: number;
	/** Where nothing of it is taken, in the time of the copy; in order and apart. */
	closed: Stretch[];
}

/**
 * Recordings of one table belong together. The first that is here is played with the others in its
 * gaps; each of the others is played by itself. What was cut in one is silent in all of them, with a
 * margin where it is carried from one clock to another; and nothing is taken in a pause, while
 * somebody had said no, before the session or after it.
 */
export function mergeOf(recording: Recording, sound: SessionSound): Merge {
	const table = sound.recordings.filter(({ table_no: no }) => no === recording.table_no);
	const others = table.filter(({ id }) => id !== recording.id);
	const own = cutsOf(sound, recording);
	const cuts = [...own, ...carriedCuts(recording, { own, others, sound })];
	const here = table.filter(isHere);
	const [first] = here;
	const isFirst = first?.id === recording.id;
	const fills = isFirst
		? here.slice(1).map((each) => fillOf(each, { to: recording, table, sound }))
		: [];
	return {
		cuts,
		fills,
		first: isFirst || !isHere(recording) ? null : (first ?? null),
		facts: [...cuts.map(factOfCut), ...fills.map(factOfFill)],
	};
}

/** Whether its sound lies on the server and could be read so far. */
export function isHere({ status }: Pick<Recording, 'status'>): boolean {
	return status === 'received' || status === 'ready';
}

/** When its sound ends, since it began; endless where the recorder did not say. */
export function endOf({ manifest, offset_ms: offsetMs }: Recording): number {
	const last = manifest.slices.at(-1);
	return last ? last.endMs - offsetMs : Infinity;
}

/** Cuts of other recordings of the table, in the time of this one and no further than it goes. */
function carriedCuts(
	recording: Recording,
	{
		own,
		others,
		sound,
	}: { own: readonly Cut[]; others: readonly Recording[]; sound: SessionSound },
): Cut[] {
	const known = mergeSpans(own.map(stretchOf));
	return others.flatMap((other) => {
		const shiftMs = other.offset_ms - recording.offset_ms;
		return cutsOf(sound, other).flatMap((cut) => {
			const whole = { startMs: 0, endMs: endOf(recording) };
			const said = within(shifted(stretchOf(cut), shiftMs), whole);
			// The same deletion reached both: it is known here by this recording’s own clock.
			if (said && known.some((span) => holds(span, said))) {
				return [];
			}
			const margin = marginOf(cut, [recording, other]);
			const silent = within(widened(shifted(stretchOf(cut), shiftMs), margin), whole);
			return silent ? [{ start_ms: silent.startMs, end_ms: silent.endMs, reason: cut.reason }] : [];
		});
	});
}

function fillOf(
	recording: Recording,
	{ to, table, sound }: { to: Recording; table: readonly Recording[]; sound: SessionSound },
): Fill {
	const margin = isByHand(recording) ? BY_HAND_MS : CLOCK_MS;
	const ofTable = table.flatMap((other) => {
		const isOwn = other.id === recording.id;
		const cuts = cutsOf(sound, other).map((cut) =>
			widened(
				shifted(stretchOf(cut), other.offset_ms),
				isOwn ? 0 : marginOf(cut, [recording, other]),
			),
		);
		const pauses = other.manifest.gaps.filter(({ reason }) => reason === 'paused');
		return [...cuts, ...pauses.map((pause) => widened(pause, margin))];
	});
	const ofRoom = sound.quiet.filter(
		({ tableNo }) => tableNo === null || to.table_no === null || tableNo === to.table_no,
	);
	const closed = [
		...ofTable,
		...[...ofRoom, ...sound.refused].map((span) => widened(span, margin)),
		{ startMs: -Infinity, endMs: 0 },
		...(sound.endedMs === null ? [] : [{ startMs: sound.endedMs, endMs: Infinity }]),
	];
	return {
		recording,
		shiftMs: recording.offset_ms - to.offset_ms,
		closed: mergeSpans(closed).map((span) => shifted(span, -to.offset_ms)),
	};
}

/** Of what is hidden by the words of a transcript, the clock on the wall is no part. */
function marginOf({ reason }: Cut, between: readonly Recording[]): number {
	return reason !== 'redacted' && between.some(isByHand) ? BY_HAND_MS : CLOCK_MS;
}

function isByHand({ device_id: deviceId }: Recording): boolean {
	return deviceId === null;
}

function cutsOf(sound: SessionSound, { id }: Recording): Cut[] {
	return sound.cuts.filter(({ recordingId }) => recordingId === id);
}

function stretchOf({ start_ms: startMs, end_ms: endMs }: Cut): Stretch {
	return { startMs, endMs };
}

function shifted({ startMs, endMs }: Stretch, byMs: number): Stretch {
	return { startMs: startMs + byMs, endMs: endMs + byMs };
}

function widened({ startMs, endMs }: Stretch, byMs: number): Stretch {
	return { startMs: startMs - byMs, endMs: endMs + byMs };
}

function within(span: Stretch, whole: Stretch): Stretch | null {
	const startMs = Math.max(span.startMs, whole.startMs);
	const endMs = Math.min(span.endMs, whole.endMs);
	return endMs > startMs ? { startMs, endMs } : null;
}

function holds(outer: Stretch, inner: Stretch): boolean {
	return outer.startMs <= inner.startMs && outer.endMs >= inner.endMs;
}

/** The same cuts are the same fact, whatever they are called and whyever they were made. */
function factOfCut({ start_ms: startMs, end_ms: endMs }: Cut): string {
	return `${startMs}-${endMs}`;
}

function factOfFill({ recording, shiftMs, closed }: Fill): string {
	const spans = closed.map(({ startMs, endMs }) => `${startMs}-${endMs}`).join(' ');
	return `with ${recording.id} ${recording.sha256} at ${shiftMs} but ${spans}`;
}
