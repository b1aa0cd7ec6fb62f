import { takeLabels } from './caption-labels.ts';
import { clip } from './clock.ts';
import { oneLine, srtText } from './cue-text.ts';
import { linesOf } from './decode.ts';
import { looksLikeTiming, notTiming, parseTimingLine } from './timing-line.ts';
import { emptyReading, type Reading } from './transcript.ts';

/** Where a cue begins: its number, if it has one, and its times. */
interface Head {
	from: number;
	timingAt: number;
}

/**
 * SubRip. A cue is a number, a line of times and words up to the next cue, so blank lines between
 * the words of one cue do no harm. Missing numbers neither.
 */
export function readSrt(text: string): Reading {
	const lines = linesOf(text);
	const reading = emptyReading();
	const heads = headsOf(lines);
	dropBefore(lines, heads[0]?.from ?? lines.length, reading);
	heads.forEach((head, index) => {
		readCue(lines, { head, end: heads[index + 1]?.from ?? lines.length, reading });
	});
	takeLabels(reading);
	return reading;
}

function headsOf(lines: readonly string[]): Head[] {
	const heads: Head[] = [];
	for (let at = 0; at < lines.length; at++) {
		const line = lines[at] ?? '';
		if (line.includes('-->')) {
			const from = isNumber(lines[at - 1]) && heads.at(-1)?.timingAt !== at - 1 ? at - 1 : at;
			heads.push({ from, timingAt: at });
		} else if (isBrokenHead(lines, at)) {
			heads.push({ from: at, timingAt: at + 1 });
			at++;
		}
	}
	return heads;
}

/** A number after a blank line with something below it that was meant as times. */
function isBrokenHead(lines: readonly string[], at: number): boolean {
	const next = lines[at + 1] ?? '';
	return (
		isNumber(lines[at]) &&
		(at === 0 || lines[at - 1]?.trim() === '') &&
		!next.includes('-->') &&
		(looksLikeTiming(next) || /^\s*\d+:\d+/.test(next))
	);
}

function dropBefore(lines: readonly string[], end: number, reading: Reading): void {
	for (let at = 0; at < end; at++) {
		const line = lines[at]?.trim() ?? '';
		if (line !== '') {
			reading.problems.push({
				line: at + 1,
				message: `“${clip(line)}” stands before the first cue. A cue is a number, its times and its words.`,
			});
			reading.dropped.push({ line: at + 1, why: 'It stands before the first cue.' });
		}
	}
}

function readCue(
	lines: readonly string[],
	{ head, end, reading }: { head: Head; end: number; reading: Reading },
): void {
	const line = head.timingAt + 1;
	const written = lines[head.timingAt] ?? '';
	const timing = written.includes('-->')
		? parseTimingLine(written, { point: ',' })
		: { why: notTiming(written, ',') };
	if ('why' in timing) {
		reading.problems.push({ line, message: timing.why });
		reading.dropped.push({ line, why: 'A cue without readable times.' });
		return;
	}
	if (timing.problem !== null) {
		reading.problems.push({ line, message: timing.problem });
	}
	const words = lines.slice(head.timingAt + 1, end).filter((each) => each.trim() !== '');
	const text = oneLine(srtText(words.join('\n')));
	if (text === '') {
		reading.dropped.push({ line, why: 'A cue without words.' });
		return;
	}
	reading.cues.push({ startMs: timing.startMs, endMs: timing.endMs, speaker: null, text, line });
}

function isNumber(line: string | undefined): boolean {
	return line !== undefined && /^\s*\d{1,9}\s*$/.test(line);
}
