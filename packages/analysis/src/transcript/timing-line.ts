import { clip, parseClock } from './clock.ts';

export interface Timing {
	startMs: number;
	endMs: number;
	/** What is wrong although the times could be read. */
	problem: string | null;
}

/**
 * The line `start --> end` of WebVTT and SRT, with cue settings or positions after it. WebVTT has
 * a point before the milliseconds and a comma is told; SRT is written either way.
 */
export function parseTimingLine(
	line: string,
	{ point }: { point: '.' | ',' },
): Timing | { why: string } {
	const arrow = line.indexOf('-->');
	const startText = line.slice(0, arrow).trim();
	const endText = /^\S*/.exec(line.slice(arrow + 3).trim())?.[0] ?? '';
	if (startText === '' || endText === '') {
		return { why: `Before or after “-->” the time is missing. ${howTo(point)}` };
	}
	const startMs = parseCueClock(startText);
	const endMs = parseCueClock(endText);
	if (typeof startMs !== 'number') {
		return { why: `The start ${startMs.why}. ${howTo(point)}` };
	}
	if (typeof endMs !== 'number') {
		return { why: `The end ${endMs.why}. ${howTo(point)}` };
	}
	if (endMs < startMs) {
		return {
			startMs,
			endMs: startMs,
			problem: `The cue ends (${endText}) before it starts (${startText}). Put the times right; it was read as ending where it starts.`,
		};
	}
	const problem =
		point === '.' && (startText + endText).includes(',')
			? 'The times are written with “,” where WebVTT has “.”. Write 00:00:01.000; the times were read all the same.'
			: null;
	return { startMs, endMs, problem };
}

/** True for a line that was meant as times: two of them, or one and an arrow. */
export function looksLikeTiming(line: string): boolean {
	return /^\s*\d+:\d+\S*\s*(?:-+>|—>|→|=>|–|-|\s|to)\s*\d+:\d+/u.test(line);
}

export function notTiming(line: string, point: '.' | ','): string {
	return `Here should be the times of the cue, but there is “${clip(line.trim())}”. ${howTo(point)}`;
}

/** Without hours a cue's minutes go to 59 like any other. */
function parseCueClock(written: string): number | { why: string } {
	const ms = parseClock(written);
	const isPastHour = typeof ms === 'number' && ms >= 3_600_000;
	return isPastHour && written.split(':').length === 2
		? { why: `“${clip(written)}” has more than 59 minutes and no hours` }
		: ms;
}

function howTo(point: '.' | ','): string {
	return `A cue’s times look like 00:00:01${point}000 --> 00:00:04${point}500.`;
}
