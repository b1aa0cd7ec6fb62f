import type { Cue, MissingStretch } from './transcript.ts';

type Spanned = Pick<Cue, 'startMs' | 'endMs'>;

/**
 * The share of the time from 0 to `durationMs` that at least one cue covers, 0 to 1. Cues past the
 * end do not count. Nothing of nothing is covered: 0.
 *
 * @example coverageOf([{ startMs: 0, endMs: 500 }], { durationMs: 1000 }) // 0.5
 */
export function coverageOf(
	cues: readonly Spanned[],
	{ durationMs }: { durationMs: number },
): number {
	if (durationMs <= 0) {
		return 0;
	}
	let silent = 0;
	for (const { startMs, endMs } of gapsBetween(cues, durationMs)) {
		silent += endMs - startMs;
	}
	return (durationMs - silent) / durationMs;
}

/**
 * The stretches of at least `shortestMs` that no cue covers, from 0 to `durationMs`, in order. They
 * become the rows `[missing audio mm:ss–mm:ss]`: a transcript does not hide what it does not have.
 *
 * @example missingStretches([{ startMs: 60_000, endMs: 61_000 }], { durationMs: 61_000, shortestMs: 30_000 })
 * // [{ startMs: 0, endMs: 60000 }]
 */
export function missingStretches(
	cues: readonly Spanned[],
	{ durationMs, shortestMs }: { durationMs: number; shortestMs: number },
): MissingStretch[] {
	return gapsBetween(cues, durationMs).filter(
		({ startMs, endMs }) => endMs - startMs >= shortestMs,
	);
}

function gapsBetween(cues: readonly Spanned[], durationMs: number): MissingStretch[] {
	const gaps: MissingStretch[] = [];
	let covered = 0;
	for (const { startMs, endMs } of cues.toSorted((one, other) => one.startMs - other.startMs)) {
		const until = Math.min(startMs, durationMs);
		if (until > covered) {
			gaps.push({ startMs: covered, endMs: until });
		}
		covered = Math.max(covered, endMs);
	}
	if (covered < durationMs) {
		gaps.push({ startMs: covered, endMs: durationMs });
	}
	return gaps;
}
