/** What a person is told of the sound that arrives. */
type LevelWord = 'good' | 'quiet' | 'loud';

export interface Level {
	word: LevelWord;
	/** 0 to 1, for the moving bar: −60 dBFS and below is 0. */
	bar: number;
	/** Something that has been wrong for a while, or null. */
	warning: 'quiet' | 'loud' | null;
}

/** What was measured since the last time. */
export interface Reading {
	atMs: number;
	/** Root mean square, in decibels below full scale. */
	dbfs: number;
	/** The highest sample, 0 to 1. */
	peak: number;
}

const QUIET_DBFS = -45;
const QUIET_FOR_MS = 20_000;
const CLIPPED = 0.985;
const CLIPS_TO_WARN = 3;
const CLIPS_WITHIN_MS = 5000;
/** People pause between words; the word they see does not change that fast. */
const WORD_HOLDS_MS = 2000;
const LOWEST_DBFS = -60;

/** Follows the level of a microphone: words for now, a warning for what lasts. */
export function createLevelWatch(): (reading: Reading) => Level {
	let goodUntil = -Infinity;
	let quietSince: number | null = null;
	let clips: number[] = [];
	return ({ atMs, dbfs, peak }) => {
		if (dbfs >= QUIET_DBFS) {
			goodUntil = atMs + WORD_HOLDS_MS;
			quietSince = null;
		} else {
			quietSince ??= atMs;
		}
		clips = clips.filter((clip) => atMs - clip < CLIPS_WITHIN_MS);
		if (peak >= CLIPPED) {
			clips.push(atMs);
		}
		const isLoud = clips.length >= CLIPS_TO_WARN;
		const isQuiet = quietSince !== null && atMs - quietSince >= QUIET_FOR_MS;
		return {
			word: wordOf({ isClipped: clips.length > 0, isHeard: atMs <= goodUntil }),
			bar: Math.min(1, Math.max(0, (dbfs - LOWEST_DBFS) / -LOWEST_DBFS)),
			warning: warningOf(isLoud, isQuiet),
		};
	};
}

/** Root mean square and peak of samples between −1 and 1. */
export function measure(samples: Float32Array): { dbfs: number; peak: number } {
	let sum = 0;
	let peak = 0;
	for (const sample of samples) {
		sum += sample * sample;
		peak = Math.max(peak, Math.abs(sample));
	}
	const rms = Math.sqrt(sum / Math.max(1, samples.length));
	return { dbfs: rms === 0 ? -Infinity : 20 * Math.log10(rms), peak };
}

function wordOf({ isClipped, isHeard }: { isClipped: boolean; isHeard: boolean }): LevelWord {
	if (isClipped) {
		return 'loud';
	}
	return isHeard ? 'good' : 'quiet';
}

function warningOf(isLoud: boolean, isQuiet: boolean): Level['warning'] {
	if (isLoud) {
		return 'loud';
	}
	return isQuiet ? 'quiet' : null;
}
