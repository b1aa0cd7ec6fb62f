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

/** The calendar date it is in this time zone: `2026-03-02`. */
export function localDate(at: Date, timezone: string): string {
	return localTime(at, timezone).slice(0, 10);
}
