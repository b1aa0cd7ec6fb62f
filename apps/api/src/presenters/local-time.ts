/** Date and time as a wall clock in this time zone shows them: `2026-03-02T08:00`. */
export function localTime(at: Date, timezone: string): string {
	// Swedish writes dates as ISO 8601 does.
	const format = new Intl.DateTimeFormat('sv-SE', {
		timeZone: timezone,
		dateStyle: 'short',
		timeStyle: 'short',
	});
	return format.format(at).replace(' ', 'T');
}

/**
 * Until when something is open: its last day, and the time where it does not last to the day's end.
 * Closing at midnight, the day before is the last one.
 */
export function lastDay(
	closesAt: Date,
	timezone: string,
): { closesOn: string; closesAt: string | null } {
	const [closesOn = '', time = ''] = localTime(new Date(closesAt.getTime() - 1), timezone).split(
		'T',
	);
	return {
		closesOn,
		closesAt: time === '23:59' || time === '23:58' ? null : localTime(closesAt, timezone).slice(11),
	};
}

/** The calendar date it is in this time zone: `2026-03-02`. */
export function localDate(at: Date, timezone: string): string {
	return localTime(at, timezone).slice(0, 10);
}
