import { clockOf } from './clock.ts';
import type { Reading } from './transcript.ts';

export const HOUR = 3_600_000;

/**
 * Captions saved from a call carry the time of day. They are counted from the first of them, and a
 * note says which time that was: a person sets where on the recording it lies.
 *
 * @param earliestMs from when on the first time is one of day: no recording is as long.
 */
export function countFromTheFirst(reading: Reading, earliestMs: number): void {
	const first = reading.cues[0];
	const firstMs = first?.startMs ?? 0;
	if (first === undefined || firstMs < earliestMs) {
		return;
	}
	let turns = 0;
	let before = firstMs;
	for (const cue of reading.cues) {
		if (cue.startMs !== null) {
			// A twelve-hour clock goes from 12:59 to 1:00, any clock from 23:59 to 0:00.
			while (cue.startMs + turns < before - 6 * HOUR) {
				turns += 12 * HOUR;
			}
			before = cue.startMs + turns;
			cue.startMs = Math.max(0, before - firstMs);
			cue.endMs = cue.endMs === null ? null : Math.max(cue.startMs, cue.endMs + turns - firstMs);
		}
	}
	reading.notes.push({
		line: first.line,
		message: `The times are times of day. They were counted from the first, ${clockOf(firstMs).slice(0, 8)}: say where on the recording that is.`,
	});
}
