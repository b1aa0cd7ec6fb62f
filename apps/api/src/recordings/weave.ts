import { decode, SAMPLE_RATE } from './ffmpeg.ts';
import type { Segment, Stretch } from './timeline.ts';

/** What is shorter is no gap: the end of one file and the beginning of the next never meet. */
export const LEAST_GAP_MS = 1000;
/** So much longer than it says a segment is looked for; nothing is read of one that is over. */
const LONGER_MS = 60_000;

/** One recording as a copy takes it. All times are those of the copy. */
export interface Source {
	/** The file the segments are parts of. */
	original: string;
	segments: readonly Segment[];
	/** What is heard as silence; in order and apart. */
	silenced: readonly Stretch[];
	/** Where nothing of it is taken, as if it had not been there; in order and apart. */
	closed: readonly Stretch[];
}

/** Some sound, and where it belongs: bytes of samples since the copy began. */
export interface Piece {
	at: number;
	samples: Buffer;
}

/** A recording that is read once, from its beginning to its end. */
export interface Layer {
	/** The first sound from there on and before `to`; null when there is none. Never goes back. */
	next(from: number, to: number): Promise<Piece | null>;
	/** How many segments were read and held no sound. */
	unreadable(): number;
	close(): Promise<void>;
}

/** Milliseconds as bytes of whole samples. */
function bytesOf(ms: number): number {
	return Math.round((ms * SAMPLE_RATE) / 1000) * 2;
}

/**
 * The sound of the first layer, and where it has none, that of the next. Whoever hears it writes
 * silence where nobody has any.
 */
export async function* weave(
	layers: readonly Layer[],
	from: number,
	to: number,
): AsyncGenerator<Piece & { layer: Layer }, void, undefined> {
	const [layer, ...others] = layers;
	if (!layer) {
		return;
	}
	let at = from;
	for (;;) {
		const piece = await layer.next(at, to);
		const until = piece ? piece.at : to;
		if (until - at >= bytesOf(LEAST_GAP_MS)) {
			yield* weave(others, at, until);
		}
		if (!piece) {
			return;
		}
		at = piece.at + piece.samples.length;
		yield { ...piece, layer };
	}
}

/** Reads a recording; nothing happens before its first piece is asked for. */
export function layerOf(ffmpeg: string, source: Source, signal: AbortSignal): Layer {
	const silenced = inBytes(source.silenced);
	const closed = inBytes(source.closed);
	let wantedFrom = 0;
	let unreadable = 0;
	let waiting: Piece | null = null;

	async function* read(): AsyncGenerator<Piece, void, undefined> {
		let at = 0;
		for (const segment of source.segments) {
			if (segment.endMs !== null && bytesOf(segment.endMs + LONGER_MS) < wantedFrom) {
				continue;
			}
			const start = bytesOf(segment.startMs);
			// The clock and the sound drift apart by fractions of a second: what overlaps is left out.
			let early = Math.max(0, at - start);
			at = Math.max(at, start);
			let isSound = false;
			for await (const samples of samplesOf(ffmpeg, { source, segment, signal })) {
				isSound = true;
				const skipped = Math.min(early, samples.length);
				early -= skipped;
				const piece = { at, samples: samples.subarray(skipped) };
				at += piece.samples.length;
				silence(piece, silenced);
				yield* outside(piece, closed);
			}
			signal.throwIfAborted();
			unreadable += isSound ? 0 : 1;
		}
	}

	const pieces = read();
	return {
		async next(from, to) {
			wantedFrom = from;
			for (;;) {
				waiting ??= await nextOf(pieces);
				if (waiting === null || waiting.at >= to) {
					return null;
				}
				const { at, samples } = waiting;
				const first = Math.max(0, from - at);
				const last = Math.min(samples.length, to - at);
				waiting = last < samples.length ? { at: at + last, samples: samples.subarray(last) } : null;
				if (first < last) {
					return { at: at + first, samples: samples.subarray(first, last) };
				}
			}
		},
		unreadable: () => unreadable,
		close: async () => {
			await pieces.return();
		},
	};
}

/** Whole samples of a segment, as ffmpeg hands them out. */
async function* samplesOf(
	ffmpeg: string,
	{ source, segment, signal }: { source: Source; segment: Segment; signal: AbortSignal },
): AsyncGenerator<Buffer, void, undefined> {
	const { samples, problem } = decode(ffmpeg, { path: source.original, span: segment, signal });
	let odd: Buffer = Buffer.alloc(0);
	for await (const chunk of samples) {
		const whole = odd.length > 0 ? Buffer.concat([odd, chunk]) : chunk;
		const even = whole.length - (whole.length % 2);
		odd = Buffer.from(whole.subarray(even));
		if (even > 0) {
			yield whole.subarray(0, even);
		}
	}
	await problem();
}

/** The parts of a piece that lie in none of the spans. */
function* outside(
	{ at, samples }: Piece,
	spans: readonly { from: number; to: number }[],
): Generator<Piece, void, undefined> {
	const end = at + samples.length;
	let open = at;
	for (const { from, to } of spans) {
		if (from >= end) {
			break;
		}
		if (from > open) {
			yield { at: open, samples: samples.subarray(open - at, from - at) };
		}
		open = Math.max(open, Math.min(to, end));
	}
	if (open < end) {
		yield { at: open, samples: samples.subarray(open - at) };
	}
}

function silence({ at, samples }: Piece, spans: readonly { from: number; to: number }[]): void {
	for (const { from, to } of spans) {
		const first = Math.max(0, from - at);
		const last = Math.min(samples.length, to - at);
		if (first < last) {
			samples.fill(0, first, last);
		}
	}
}

function inBytes(spans: readonly Stretch[]): { from: number; to: number }[] {
	return spans.map(({ startMs, endMs }) => ({ from: bytesOf(startMs), to: bytesOf(endMs) }));
}

async function nextOf(pieces: AsyncGenerator<Piece, void, undefined>): Promise<Piece | null> {
	const { value } = await pieces.next();
	return value ?? null;
}
