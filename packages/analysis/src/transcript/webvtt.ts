import { oneLine, voicesOf } from './cue-text.ts';
import { takeLabels } from './caption-labels.ts';
import { linesOf } from './decode.ts';
import { looksLikeTiming, notTiming, parseTimingLine, type Timing } from './timing-line.ts';
import { emptyReading, type Reading } from './transcript.ts';

/**
 * WebVTT, leniently: a cue that breaks a rule is kept with a problem where its start and words are
 * certain. Voices come from `<v Name>`, or from 'Name: words' as Zoom writes them.
 * {@link https://www.w3.org/TR/webvtt1/#file-parsing}
 */
export function readWebVtt(text: string): Reading {
	const lines = linesOf(text);
	const reading = emptyReading();
	let at = readHeader(lines, reading);
	while (at < lines.length) {
		at = isBlank(lines[at]) ? at + 1 : readBlock(lines, at, reading);
	}
	takeLabels(reading);
	return reading;
}

/** The index after the header. Without one the cues are read all the same. */
function readHeader(lines: readonly string[], reading: Reading): number {
	if (!/^WEBVTT(?:[ \t]|$)/.test(lines[0] ?? '')) {
		reading.problems.push({
			line: 1,
			message:
				'A WebVTT file begins with the line “WEBVTT”. Put it first, with an empty line after it.',
		});
		return 0;
	}
	let at = 1;
	while (at < lines.length && !isBlank(lines[at]) && !lines[at]?.includes('-->')) {
		reading.dropped.push({ line: at + 1, why: 'Part of the file’s header.' });
		at++;
	}
	if (lines[0]?.slice(6).trim() !== '') {
		reading.dropped.push({ line: 1, why: 'The title in the file’s header.' });
	}
	return at;
}

const NO_WORDS: readonly [RegExp, string][] = [
	[/^NOTE(?:[ \t]|$)/, 'A note (NOTE), nothing that was said.'],
	[/^STYLE[ \t]*$/, 'A style sheet (STYLE).'],
	[/^REGION[ \t]*$/, 'A region of the screen (REGION).'],
];

/** Reads one block and returns the index after it. */
function readBlock(lines: readonly string[], at: number, reading: Reading): number {
	const first = lines[at] ?? '';
	const noWords = first.includes('-->') ? undefined : NO_WORDS.find(([is]) => is.test(first));
	if (noWords !== undefined) {
		reading.dropped.push({ line: at + 1, why: noWords[1] });
		return skipBlock(lines, at);
	}
	const timingAt = first.includes('-->') ? at : at + 1;
	const timingLine = lines[timingAt] ?? '';
	if (!timingLine.includes('-->')) {
		const wrongAt = !looksLikeTiming(first) && !isBlank(lines[timingAt]) ? timingAt : at;
		const message = notTiming(lines[wrongAt] ?? '', '.');
		reading.problems.push({ line: wrongAt + 1, message });
		reading.dropped.push({ line: at + 1, why: 'A block without readable times.' });
		return skipBlock(lines, at);
	}
	return readCue(lines, timingAt, reading);
}

function readCue(lines: readonly string[], timingAt: number, reading: Reading): number {
	const end = skipBlock(lines, timingAt + 1);
	const line = timingAt + 1;
	const timing = parseTimingLine(lines[timingAt] ?? '', { point: '.' });
	if ('why' in timing) {
		reading.problems.push({ line, message: timing.why });
		reading.dropped.push({ line, why: 'A cue without readable times.' });
		return end;
	}
	if (timing.problem !== null) {
		reading.problems.push({ line, message: timing.problem });
	}
	const next = isIdOfNext(lines, { end, timingAt }) ? end - 1 : end;
	if (next < end) {
		const message = 'Before this line an empty line is missing: a new cue begins here.';
		reading.problems.push({ line: next + 1, message });
	}
	addCue(lines.slice(timingAt + 1, next).join('\n'), { timing, line, reading });
	return next;
}

/** A number right above the times of the next cue is its id, though no empty line parts them. */
function isIdOfNext(
	lines: readonly string[],
	{ end, timingAt }: { end: number; timingAt: number },
): boolean {
	const last = end - 1;
	return (
		last > timingAt + 1 &&
		lines[end]?.includes('-->') === true &&
		/^\s*\d+\s*$/.test(lines[last] ?? '')
	);
}

function addCue(
	payload: string,
	{ timing, line, reading }: { timing: Timing; line: number; reading: Reading },
): void {
	const { startMs, endMs } = timing;
	const voices = voicesOf(payload);
	if (voices.length > 1) {
		const message = `Several voices speak in this cue; each became a cue of its own with the same times.`;
		reading.notes.push({ line, message });
	}
	for (const { voice, text } of voices) {
		const words = oneLine(text);
		if (words === '') {
			reading.dropped.push({ line, why: 'A cue without words.' });
		} else {
			reading.cues.push({ startMs, endMs, speaker: voice, text: words, line });
		}
	}
}

/** The index of the blank line, or the line with an arrow, that ends the block begun at `at`. */
function skipBlock(lines: readonly string[], at: number): number {
	let end = at;
	while (end < lines.length && !isBlank(lines[end]) && !(lines[end]?.includes('-->') === true)) {
		end++;
	}
	return end;
}

function isBlank(line: string | undefined): boolean {
	return line === undefined || line.trim() === '';
}
