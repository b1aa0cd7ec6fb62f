import { CLOCK, parseClock } from './clock.ts';
import { isNameLike, labelOf, type LabelledText } from './labels.ts';

/** A line of a text or a paragraph of a document; several can have one number. */
export interface NumberedLine {
	text: string;
	line: number;
}

export interface Times {
	startMs: number | null;
	endMs: number | null;
	/** Why the times cannot be read. */
	problem: string | null;
}

/** What a line is, seen alone. */
export type LineKind =
	| { type: 'blank' }
	/** `0:03`, `[00:00:03]`, `0:0:3.5 --> 0:0:7`: what follows was said then. */
	| { type: 'time'; time: Times }
	/** `Voice A  0:03`, `[Voice A] 10:04:11`, `Voice A (0:03):` and perhaps words. */
	| { type: 'header'; time: Times; speaker: string; rest: string; isBracketed: boolean }
	/** `[0:03] words`, `00:00:03 Voice A: words`. */
	| { type: 'timed'; time: Times; rest: string; label: LabelledText | null }
	| { type: 'words'; text: string; label: LabelledText | null };

const CLOCK_WORDS = `(${CLOCK})(?:\\s?([AaPp])\\.?[Mm]\\.?)?`;
const TIME = `[[(]?${CLOCK_WORDS}[\\])]?`;
const UNTIL = `(?:\\s*(?:-->|[-–—,]|to)\\s*[[(]?(${CLOCK})[\\])]?)?`;
const LEADING = new RegExp(`^${TIME}${UNTIL}(?=$|[\\s:：|–—-])\\s*(?:[-–—|:：]\\s*)?(.*)$`, 'su');
const NAME = '\\[[^\\]]{1,60}\\]|[^\\d\\s[(][^\\t:：]{0,59}?';
const TRAILING = new RegExp(
	`^(${NAME})(\\s*[|–—-]\\s*|\\s+)${TIME}${UNTIL}(?:\\s*[:：]\\s*(.*)|\\s*)$`,
	'su',
);

/** What one line of a transcript is by itself; what that means depends on the others. */
export function kindOf(written: string): LineKind {
	// Markdown prints labels in bold.
	const text = written.trim().replace(/^\*\*([^*]{1,80})\*\*/, '$1');
	if (text === '') {
		return { type: 'blank' };
	}
	return leadingTime(text) ?? header(text) ?? { type: 'words', text, label: labelOf(text) };
}

function leadingTime(text: string): LineKind | null {
	const match = /^[[(]?\d/.test(text) ? LEADING.exec(text) : null;
	if (match === null) {
		return null;
	}
	const [, start = '', half, end, rest = ''] = match;
	const time = timesOf(start, { half, end });
	return rest === '' ? { type: 'time', time } : { type: 'timed', time, rest, label: labelOf(rest) };
}

function header(text: string): LineKind | null {
	// A name and its time stand at the head of the line; a time later on is something said.
	const match = /\d:\d\d/.test(text.slice(0, 75)) ? TRAILING.exec(text) : null;
	if (match === null) {
		return null;
	}
	const [, name = '', gap = '', start = '', half, end, rest = ''] = match;
	const isBracketed = name.startsWith('[');
	const speaker = (isBracketed ? name.slice(1, -1) : name).trim();
	const isApart = /\s{2}|\t|[|–—-]/u.test(gap) || /^[^\d]*[[(]\d/u.test(text.slice(name.length));
	const isShort = speaker.split(/\s+/).length <= 6 && !/[.?!,]$/u.test(speaker);
	// 'May 12, 2027, 6:05PM' heads a document; callers of Zoom stand in brackets.
	const isDate = half !== undefined && !isBracketed;
	if (isDate || (!isNameLike(speaker) && !(isApart && isShort))) {
		return null;
	}
	return { type: 'header', time: timesOf(start, { half, end }), speaker, rest, isBracketed };
}

function timesOf(
	start: string,
	{ half, end }: { half: string | undefined; end: string | undefined },
): Times {
	const startMs = parseClock(start);
	const endMs = end === undefined ? null : parseClock(end);
	if (typeof startMs === 'object') {
		return { startMs: null, endMs: null, problem: startMs.why };
	}
	if (endMs !== null && typeof endMs === 'object') {
		return { startMs, endMs: null, problem: endMs.why };
	}
	if (endMs !== null && endMs < startMs) {
		return { startMs, endMs: null, problem: `It ends (${end}) before it starts (${start})` };
	}
	return { startMs: startMs + noonOf(startMs, half), endMs, problem: null };
}

/** What AM or PM adds to a time of day. */
function noonOf(ms: number, half: string | undefined): number {
	const hour = Math.floor(ms / 3_600_000);
	const isNoon = hour === 12;
	if (half === undefined || hour > 12 || isNoon === (half.toLowerCase() === 'p')) {
		return 0;
	}
	return (isNoon ? -12 : 12) * 3_600_000;
}
