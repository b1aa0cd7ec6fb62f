const format = new Intl.DateTimeFormat('en', {
	dateStyle: 'medium',
	timeStyle: 'short',
	timeZone: 'UTC',
});

/** A wall clock's time (`2026-03-02T08:00`) in words. */
export function timeInWords(local: string): string {
	return format.format(new Date(`${local}:00Z`));
}
