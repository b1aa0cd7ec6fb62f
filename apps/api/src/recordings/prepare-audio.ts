import { encode, SAMPLE_RATE } from './ffmpeg.ts';
import { peakCollector } from './peaks.ts';
import type { Stretch } from './timeline.ts';
import { layerOf, LEAST_GAP_MS, type Source, weave } from './weave.ts';

const BYTES_PER_MS = (SAMPLE_RATE * 2) / 1000;
const SILENCE = Buffer.alloc(64 * 1024);

interface Plan {
	/** The recording itself, and those that are heard where it is not: the first that has sound. */
	sources: readonly [Source, ...Source[]];
	/** Where the copy is written. */
	to: string;
	signal: AbortSignal;
	/** Called with milliseconds of sound done, now and then. */
	onProgress(ms: number): void;
}

export interface Prepared {
	durationMs: number;
	peaks: Uint8Array;
	/** How many segments of the recording itself held no sound that could be read. */
	unreadable: number;
	/** Which source is heard when, by its number; what is in none of them is silence. */
	heard: (Stretch & { source: number })[];
}

/**
 * One copy to play: every segment where the clock says it belongs, the sound of other sources in the
 * gaps between them, and silence where there is none and wherever something was cut, so that time in
 * the copy is time since the recording began. Samples pass through once: stitched, silenced, measured
 * for the waveform and encoded.
 * @throws Error when nothing of the recording itself can be read, or nothing can be written.
 */
export async function prepareAudio(ffmpeg: string, plan: Plan): Promise<Prepared> {
	const encoder = encode(ffmpeg, { path: plan.to, signal: plan.signal });
	const layers = plan.sources.map((source) => layerOf(ffmpeg, source, plan.signal));
	const collector = peakCollector();
	const heard: Prepared['heard'] = [];
	let at = 0;
	async function write(samples: Buffer): Promise<void> {
		collector.add(new Int16Array(samples.buffer, samples.byteOffset, samples.length / 2));
		at += samples.length;
		plan.onProgress(at / BYTES_PER_MS);
		await encoder.write(samples);
	}
	try {
		for await (const piece of weave(layers, 0, Infinity)) {
			while (at < piece.at) {
				await write(SILENCE.subarray(0, Math.min(SILENCE.length, piece.at - at)));
			}
			note(heard, { source: layers.indexOf(piece.layer), at, bytes: piece.samples.length });
			await write(piece.samples);
		}
		const unreadable = layers[0]?.unreadable() ?? 0;
		if (unreadable === plan.sources[0].segments.length) {
			throw new Error('No sound could be read from it.');
		}
		await encoder.end();
		return { durationMs: Math.round(at / BYTES_PER_MS), peaks: collector.end(), unreadable, heard };
	} catch (error) {
		encoder.kill();
		throw error;
	} finally {
		await Promise.all(layers.map((layer) => layer.close()));
	}
}

/** Adds a piece to what is heard; what goes on without a gap is one stretch. */
function note(
	heard: Prepared['heard'],
	{ source, at, bytes }: { source: number; at: number; bytes: number },
): void {
	const startMs = Math.round(at / BYTES_PER_MS);
	const endMs = Math.round((at + bytes) / BYTES_PER_MS);
	const last = heard.at(-1);
	if (last?.source === source && startMs - last.endMs < LEAST_GAP_MS) {
		last.endMs = endMs;
		return;
	}
	heard.push({ source, startMs, endMs });
}
