import { readFile } from 'node:fs/promises';
import { z } from 'zod';
import type { Merge } from './merge.ts';
import type { RecordingFiles, RecordingKey } from './recording-files.ts';
import type { Stretch } from './timeline.ts';
import { LEAST_GAP_MS } from './weave.ts';

const heardSchema = z.array(
	z.object({ recordingId: z.string(), startMs: z.number(), endMs: z.number() }),
);

/** Which recording is heard in a copy from when to when, in order. */
export type Heard = z.output<typeof heardSchema>;

/** What was written down when a copy was made; null where nothing was, as for older ones. */
export async function readHeard(
	files: RecordingFiles,
	key: RecordingKey,
	merge: Pick<Merge, 'facts'>,
): Promise<Heard | null> {
	const words = await readFile(files.heard(key, merge), 'utf8').catch(() => null);
	return words === null ? null : heardSchema.parse(JSON.parse(words));
}

/** The gaps that remain in a copy, up to its end. */
export function gapsIn(heard: readonly Stretch[], durationMs: number): Stretch[] {
	const gaps: Stretch[] = [];
	let at = 0;
	for (const { startMs, endMs } of [...heard, { startMs: durationMs, endMs: durationMs }]) {
		if (startMs - at >= LEAST_GAP_MS) {
			gaps.push({ startMs: at, endMs: startMs });
		}
		at = Math.max(at, endMs);
	}
	return gaps;
}

/** How much of a span is heard, from 0 to 1. */
export function shareHeard(heard: readonly Stretch[], { startMs, endMs }: Stretch): number {
	const ms = heard.reduce(
		(sum, stretch) =>
			sum + Math.max(0, Math.min(endMs, stretch.endMs) - Math.max(startMs, stretch.startMs)),
		0,
	);
	return endMs > startMs ? ms / (endMs - startMs) : 0;
}
