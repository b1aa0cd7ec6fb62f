import { decode, encode, type Encoder, SAMPLE_RATE } from './ffmpeg.ts';
import { peakCollector } from './peaks.ts';
import type { Segment } from './timeline.ts';

const BYTES_PER_MS = (SAMPLE_RATE * 2) / 1000;
const SILENCE = Buffer.alloc(64 * 1024);

interface Plan {
	/** The file the segments are parts of. */
	original: string;
	segments: readonly Segment[];
	/** What is not to be heard, in order and apart, in milliseconds since the recording began. */
	silenced: readonly { startMs: number; endMs: number }[];
	/** Where the copy is written. */
	to: string;
	signal: AbortSignal;
	/** Called with milliseconds of sound done, now and then. */
	onProgress(ms: number): void;
}

export interface Prepared {
	durationMs: number;
	peaks: Uint8Array;
	/** How many segments held no sound that could be read. */
	unreadable: number;
}

/**
 * One copy to play of all segments: each where the clock says it belongs, silence between them
 * and wherever something was cut, so that time in the copy is time since the recording began.
 * Samples pass through once: stitched, silenced, measured for the waveform and encoded.
 * @throws Error when nothing of it can be read, or nothing can be written.
 */
export async function prepareAudio(ffmpeg: string, plan: Plan): Promise<Prepared> {
	const encoder = encode(ffmpeg, { path: plan.to, signal: plan.signal });
	try {
		const track = trackTo(encoder, plan);
		let unreadable = 0;
		for (const segment of plan.segments) {
			const bytes = await addSegment(ffmpeg, { track, segment, plan });
			unreadable += bytes === 0 ? 1 : 0;
		}
		if (unreadable === plan.segments.length) {
			throw new Error('No sound could be read from it.');
		}
		await encoder.end();
		return { durationMs: Math.round(track.at() / BYTES_PER_MS), peaks: track.peaks(), unreadable };
	} catch (error) {
		encoder.kill();
		throw error;
	}
}

async function addSegment(
	ffmpeg: string,
	{ track, segment, plan }: { track: Track; segment: Segment; plan: Plan },
): Promise<number> {
	const start = evenBytes(segment.startMs);
	while (track.at() < start) {
		await track.write(
			Buffer.from(SILENCE.subarray(0, Math.min(SILENCE.length, start - track.at()))),
		);
	}
	// The clock and the sound drift apart by fractions of a second: what overlaps is left out.
	let early = track.at() - start;
	const { samples, problem } = decode(ffmpeg, {
		path: plan.original,
		span: segment,
		signal: plan.signal,
	});
	let bytes = 0;
	let odd: Buffer = Buffer.alloc(0);
	for await (const chunk of samples) {
		const whole = odd.length > 0 ? Buffer.concat([odd, chunk]) : chunk;
		const even = whole.length - (whole.length % 2);
		odd = Buffer.from(whole.subarray(even));
		bytes += even;
		const skipped = Math.min(early, even);
		early -= skipped;
		await track.write(Buffer.from(whole.subarray(skipped, even)));
	}
	await problem();
	plan.signal.throwIfAborted();
	return bytes;
}

interface Track {
	/** Bytes of samples written so far. */
	at(): number;
	/** Takes the buffer over: it is silenced in place. */
	write(samples: Buffer): Promise<void>;
	peaks(): Uint8Array;
}

function trackTo(encoder: Encoder, plan: Plan): Track {
	const collector = peakCollector();
	const silenced = plan.silenced.map(({ startMs, endMs }) => ({
		from: evenBytes(startMs),
		to: evenBytes(endMs),
	}));
	let at = 0;
	let next = 0;
	return {
		at: () => at,
		async write(samples) {
			let span = silenced[next];
			while (span && span.from < at + samples.length) {
				samples.fill(
					0,
					Math.max(0, span.from - at),
					Math.min(samples.length, Math.max(0, span.to - at)),
				);
				if (span.to > at + samples.length) {
					break;
				}
				next += 1;
				span = silenced[next];
			}
			collector.add(new Int16Array(samples.buffer, samples.byteOffset, samples.length / 2));
			at += samples.length;
			plan.onProgress(at / BYTES_PER_MS);
			await encoder.write(samples);
		},
		peaks: () => collector.end(),
	};
}

/** Milliseconds as bytes of whole samples. */
function evenBytes(ms: number): number {
	return Math.round((ms * SAMPLE_RATE) / 1000) * 2;
}
