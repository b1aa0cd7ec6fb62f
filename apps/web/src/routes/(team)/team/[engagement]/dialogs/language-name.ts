import type { Language } from '#lib/i18n/languages.ts';

/** What a language is called, in another one; its code where that has no name for it. */
export function languageName(code: string, language: Language): string {
	return new Intl.DisplayNames(language, { type: 'language' }).of(code) ?? code;
}
