/** A calendar date and a time of day, without a zone. Months count from 1. */
export interface CivilTime {
	readonly year: number;
	readonly month: number;
	readonly day: number;
	readonly hour: number;
	readonly minute: number;
	readonly second: number;
	readonly millisecond: number;
}

export const millisecondsPerDay = 86_400_000;

const datePattern = /^(\d{4})-(\d{2})-(\d{2})$/;
const dateTimePattern =
	/^(\d{4})-(\d{2})-(\d{2})T(\d{2}):(\d{2})(?::(\d{2})(?:\.(\d{1,9}))?)?(Z|[+-]\d{2}(?::?\d{2})?)?$/;
const timePattern = /^(\d{2}):(\d{2})(?::(\d{2})(?:\.(\d{1,9}))?)?(Z|[+-]\d{2}(?::?\d{2})?)?$/;

/**
 * Milliseconds since 1970-01-01T00:00Z of an ISO 8601 date or date and time; NaN when the text is
 * neither. Without an offset the text means the time in `tz` (an IANA zone).
 */
export function parseInstant(text: string, tz: string): number {
	const trimmed = text.trim();
	const date = datePattern.exec(trimmed);
	if (date !== null) {
		return instantOf(civil(date.slice(1)), tz);
	}
	const dateTime = dateTimePattern.exec(trimmed);
	if (dateTime === null) {
		return NaN;
	}
	return withOffset(civil(dateTime.slice(1, 8)), dateTime[8], tz);
}

/**
 * The time of day, as a fraction of a day in `tz`, of an ISO 8601 time (or the time in a date and
 * time); NaN when the text is neither. An offset is applied as on 1970-01-01.
 */
export function parseTimeOfDay(text: string, tz: string): number {
	const trimmed = text.trim();
	const time = timePattern.exec(trimmed);
	const instant =
		time === null
			? parseInstant(trimmed, tz)
			: withOffset(civil(['1970', '01', '01', ...time.slice(1, 5)]), time[5], tz);
	if (Number.isNaN(instant)) {
		return NaN;
	}
	const local = civilTime(instant, tz);
	const seconds = (local.hour * 60 + local.minute) * 60 + local.second;
	return (seconds * 1000 + local.millisecond) / millisecondsPerDay;
}

/** The calendar date and time that clocks in `tz` show at an instant. */
export function civilTime(instant: number, tz: string): CivilTime {
	const shifted = new Date(instant + offsetAt(instant, tz));
	return {
		year: shifted.getUTCFullYear(),
		month: shifted.getUTCMonth() + 1,
		day: shifted.getUTCDate(),
		hour: shifted.getUTCHours(),
		minute: shifted.getUTCMinutes(),
		second: shifted.getUTCSeconds(),
		millisecond: shifted.getUTCMilliseconds(),
	};
}

/** The instant at which clocks in `tz` show a civil time; NaN for a date that does not exist. */
export function instantOf(time: CivilTime, tz: string): number {
	const utc = utcOf(time);
	if (Number.isNaN(utc)) {
		return NaN;
	}
	// The second pass settles the hours around a change of the clocks.
	const first = utc - offsetAt(utc, tz);
	return utc - offsetAt(first, tz);
}

/** Midnight, in `tz`, of the day that holds an instant. */
export function startOfDay(instant: number, tz: string): number {
	const time = civilTime(instant, tz);
	return instantOf({ ...time, hour: 0, minute: 0, second: 0, millisecond: 0 }, tz);
}

/** ISO 8601: the date alone at midnight in `tz`, otherwise with milliseconds and offset. */
export function formatInstant(instant: number, tz: string): string {
	const time = civilTime(instant, tz);
	const date = `${pad(time.year, 4)}-${pad(time.month)}-${pad(time.day)}`;
	if (time.hour + time.minute + time.second + time.millisecond === 0) {
		return date;
	}
	const clock = `${pad(time.hour)}:${pad(time.minute)}:${pad(time.second)}.${pad(time.millisecond, 3)}`;
	const offset = Math.round(offsetAt(instant, tz) / 60_000);
	const size = Math.abs(offset);
	const sign = offset < 0 ? '-' : '+';
	return `${date}T${clock}${sign}${pad(Math.floor(size / 60))}:${pad(size % 60)}`;
}

export function isKnownZone(tz: string): boolean {
	try {
		formatter(tz);
		return true;
	} catch {
		return false;
	}
}

function withOffset(time: CivilTime, offset: string | undefined, tz: string): number {
	if (offset === undefined) {
		return instantOf(time, tz);
	}
	return utcOf(time) - parseOffset(offset);
}

function parseOffset(text: string): number {
	if (text === 'Z') {
		return 0;
	}
	const digits = text.slice(1).replace(':', '');
	const hours = Number(digits.slice(0, 2));
	const minutes = Number(digits.slice(2) || '0');
	if (hours > 14 || minutes > 59) {
		return NaN;
	}
	return (text.startsWith('-') ? -1 : 1) * (hours * 60 + minutes) * 60_000;
}

function civil(parts: readonly (string | undefined)[]): CivilTime {
	const [year, month, day, hour, minute, second] = parts.map((part) => Number(part ?? '0'));
	const fraction = (parts[6] ?? '').padEnd(3, '0').slice(0, 3);
	return {
		year: year ?? NaN,
		month: month ?? NaN,
		day: day ?? NaN,
		hour: hour ?? 0,
		minute: minute ?? 0,
		second: second ?? 0,
		millisecond: Number(fraction),
	};
}

function utcOf(time: CivilTime): number {
	if (time.hour > 23 || time.minute > 59 || time.second > 59) {
		return NaN;
	}
	const date = new Date(0);
	date.setUTCFullYear(time.year, time.month - 1, time.day);
	date.setUTCHours(time.hour, time.minute, time.second, time.millisecond);
	return date.getUTCMonth() + 1 === time.month && date.getUTCDate() === time.day
		? date.getTime()
		: NaN;
}

/** Milliseconds to add to UTC to get the time that clocks in `tz` show. */
function offsetAt(instant: number, tz: string): number {
	if (tz === 'UTC') {
		return 0;
	}
	const fields = new Map<string, number>();
	for (const part of formatter(tz).formatToParts(instant)) {
		fields.set(part.type, Number(part.value));
	}
	const shown = utcOf({
		year: fields.get('year') ?? NaN,
		month: fields.get('month') ?? NaN,
		day: fields.get('day') ?? NaN,
		hour: fields.get('hour') ?? NaN,
		minute: fields.get('minute') ?? NaN,
		second: fields.get('second') ?? NaN,
		millisecond: 0,
	});
	return shown - Math.floor(instant / 1000) * 1000;
}

/** Building a formatter takes a thousand times longer than using it. */
const formatters = new Map<string, Intl.DateTimeFormat>();

function formatter(tz: string): Intl.DateTimeFormat {
	const known = formatters.get(tz);
	if (known !== undefined) {
		return known;
	}
	const created = new Intl.DateTimeFormat('en-u-ca-iso8601-nu-latn', {
		timeZone: tz,
		hourCycle: 'h23',
		year: 'numeric',
		month: 'numeric',
		day: 'numeric',
		hour: 'numeric',
		minute: 'numeric',
		second: 'numeric',
	});
	formatters.set(tz, created);
	return created;
}

function pad(value: number, width = 2): string {
	return String(value).padStart(width, '0');
}
