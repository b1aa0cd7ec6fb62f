import type { Language } from '#lib/i18n/languages.ts';

/** A wall clock's time (`2026-03-02T08:00`) as a letter writes it, with its weekday. */
export function letterTime(local: string, language: Language): string {
	const format = new Intl.DateTimeFormat(`${language}-u-nu-latn`, {
		dateStyle: 'full',
		timeStyle: 'short',
		timeZone: 'UTC',
	});
	return format.format(new Date(`${local}:00Z`));
}
