import { printNumber } from './print.ts';
import { formatInstant, millisecondsPerDay, parseInstant } from './time.ts';

/** A moment; `instant` is in milliseconds since 1970-01-01T00:00Z, NaN when it is not a date. */
export interface Moment {
	readonly type: 'moment';
	readonly instant: number;
}

/** What an expression can yield. An unanswered question is the empty string. */
export type Value = string | number | boolean | Moment;

const numberPattern = /^[ \t\r\n]*-?(?:\d+(?:\.\d*)?|\.\d+)[ \t\r\n]*$/;

const firstInstant = Date.parse('0001-01-02T00:00:00Z');
const lastInstant = Date.parse('9999-12-30T00:00:00Z');

/** A moment in the years 1 to 9999; any other instant becomes the moment that is not a date. */
export function moment(instant: number): Moment {
	const isDate = instant >= firstInstant && instant <= lastInstant;
	return { type: 'moment', instant: isDate ? Math.round(instant) : NaN };
}

/** XPath 1.0 §4.2 `string()`; a moment as ISO 8601 in `tz`. */
export function toText(value: Value, tz: string): string {
	if (typeof value === 'string') {
		return value;
	}
	if (typeof value === 'number') {
		return printNumber(value);
	}
	if (typeof value === 'boolean') {
		return value ? 'true' : 'false';
	}
	return Number.isNaN(value.instant) ? 'Invalid Date' : formatInstant(value.instant, tz);
}

/**
 * XPath 1.0 §4.4 `number()`, and for dates, as in ODK XForms, days since 1970-01-01T00:00Z.
 * Text that is neither a plain decimal number nor an ISO 8601 date is NaN.
 */
export function toNumber(value: Value, tz: string): number {
	if (typeof value === 'number') {
		return value;
	}
	if (typeof value === 'boolean') {
		return value ? 1 : 0;
	}
	if (typeof value === 'string') {
		return numberPattern.test(value) ? Number(value) : parseInstant(value, tz) / millisecondsPerDay;
	}
	return value.instant / millisecondsPerDay;
}

/** XPath 1.0 §4.3 `boolean()`; a moment is true when it is a date. */
export function toBoolean(value: Value): boolean {
	if (typeof value === 'object') {
		return !Number.isNaN(value.instant);
	}
	return typeof value === 'number' ? value !== 0 && !Number.isNaN(value) : Boolean(value);
}

/** XPath 1.0 §3.4 equality: booleans first, then numbers (and dates), then text. */
export function areEqual(left: Value, right: Value, tz: string): boolean {
	if (typeof left === 'boolean' || typeof right === 'boolean') {
		return toBoolean(left) === toBoolean(right);
	}
	if (typeof left === 'string' && typeof right === 'string') {
		return left === right;
	}
	return toNumber(left, tz) === toNumber(right, tz);
}
