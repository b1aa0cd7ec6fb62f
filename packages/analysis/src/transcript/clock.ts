import { TRANSCRIPT_LIMITS } from './transcript.ts';

/** Hours, minutes, seconds and a fraction, as a pattern: `0:03`, `00:01:02.500`, `120:00:00,5`. */
export const CLOCK = '(?:\\d{1,4}:\\d{1,2}:\\d{1,2}|\\d{1,3}:\\d{2})(?:[.,]\\d{1,9})?';

const CLOCK_PARTS = /^(?:(\d{1,4}):)?(\d{1,3}):(\d{1,2})(?:[.,](\d{1,9}))?$/;

/**
 * A time as milliseconds, or why it is none.
 *
 * @example parseClock('01:02:03.5') // 3723500
 */
export function parseClock(written: string): number | { why: string } {
	const match = CLOCK_PARTS.exec(written);
	if (match === null) {
		return { why: `“${clip(written)}” is not a time. Write it as 00:01:02.500` };
	}
	const [, hours, minutes = '0', seconds = '0', fraction = ''] = match;
	if (Number(seconds) > 59 || (hours !== undefined && Number(minutes) > 59)) {
		return { why: `“${written}” is not a time: minutes and seconds go from 00 to 59` };
	}
	const whole = (Number(hours ?? 0) * 60 + Number(minutes)) * 60 + Number(seconds);
	return withinLimit(whole * 1000 + Math.round(Number(`0.${fraction}0`) * 1000), written);
}

/** @param ms may be negative or past the limit; `written` is how the file says it. */
export function withinLimit(ms: number, written: string): number | { why: string } {
	if (!Number.isFinite(ms) || ms < 0) {
		return { why: `“${clip(written)}” is before the beginning. Times count from 0` };
	}
	return ms > TRANSCRIPT_LIMITS.ms
		? { why: `“${clip(written)}” is later than ${TRANSCRIPT_LIMITS.ms / 3_600_000} hours` }
		: Math.round(ms);
}

/**
 * Milliseconds as WebVTT writes them, hours always shown.
 *
 * @example clockOf(3_723_500) // '01:02:03.500'
 */
export function clockOf(ms: number): string {
	const pad = (value: number, width: number) => String(Math.floor(value)).padStart(width, '0');
	const [hours, minutes, seconds] = [ms / 3_600_000, (ms / 60_000) % 60, (ms / 1000) % 60];
	return `${pad(hours, 2)}:${pad(minutes, 2)}:${pad(seconds, 2)}.${pad(ms % 1000, 3)}`;
}

/** A piece of a file inside a message. */
export function clip(text: string): string {
	const [...points] = text.slice(0, 120);
	return points.length > 40 ? `${points.slice(0, 40).join('')}…` : text;
}

/** Names out of a file inside a message, some of them where there are many. */
export function listed(names: readonly string[]): string {
	const more = names.length > 20 ? ` and ${names.length - 20} more` : '';
	return `${names.slice(0, 20).map(clip).join(', ')}${more}`;
}
