import type { RecordingManifest } from '@throughline/db/schema';

/** From one moment to another, in milliseconds. */
export interface Stretch {
	startMs: number;
	endMs: number;
}

/** A part of the original that is a file of its own, and where it belongs in the recording. */
export interface Segment {
	/** Its bytes in the original. */
	from: number;
	to: number;
	/** Milliseconds since the recording began. */
	startMs: number;
	/** By the device's clock; null where it does not say. */
	endMs: number | null;
}

/**
 * The segments of a recording in order. A file from another recorder is one, from its beginning;
 * what lies before the session is left out by its negative start.
 */
export function segmentsOf(
	manifest: RecordingManifest,
	{ offsetMs, bytes }: { offsetMs: number; bytes: number },
): Segment[] {
	const segments: Segment[] = [];
	let at = 0;
	let number: number | null = null;
	for (const slice of manifest.slices) {
		const from = at;
		at += slice.bytes;
		if (slice.bytes === 0) {
			continue;
		}
		const last = segments.at(-1);
		if (last && slice.segment === number) {
			last.to = at;
			last.endMs = slice.endMs - offsetMs;
		} else {
			number = slice.segment;
			segments.push({
				from,
				to: at,
				startMs: Math.max(0, slice.startMs - offsetMs),
				endMs: slice.endMs - offsetMs,
			});
		}
	}
	return segments.length > 0 ? segments : [{ from: 0, to: bytes, startMs: 0, endMs: null }];
}

/** Merges spans that touch, so that each sample is looked at once. */
export function mergeSpans(spans: readonly Stretch[]): Stretch[] {
	const merged: Stretch[] = [];
	for (const { startMs, endMs } of spans.toSorted((a, b) => a.startMs - b.startMs)) {
		const last = merged.at(-1);
		if (last && startMs <= last.endMs) {
			last.endMs = Math.max(last.endMs, endMs);
		} else {
			merged.push({ startMs, endMs });
		}
	}
	return merged;
}
