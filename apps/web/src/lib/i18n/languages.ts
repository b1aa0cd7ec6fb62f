/** Languages in which every page for students and the public is complete. */
export const languages = ['en', 'es', 'ar'] as const;

export type Language = (typeof languages)[number];

/** Names of languages in the language itself, confirmed by speakers, never computed. */
export const languageNames: Record<string, string> = {
	en: 'English',
	es: 'Español',
	ar: 'العربية',
	so: 'Soomaali',
	hmn: 'Hmoob',
	oj: 'Anishinaabemowin',
};

const fallback: Language = 'en';

/** The language a code names, English when pages are not complete in it. */
export function languageOf(code: string | null | undefined): Language {
	return languages.find((language) => language === code) ?? fallback;
}

/** The first language of a browser (`Accept-Language`), if pages are complete in it. */
export function acceptedLanguage(header: string | null): Language | null {
	const first = header?.split(',')[0]?.trim().slice(0, 2).toLowerCase();
	return languages.find((language) => language === first) ?? null;
}

/** The writing direction of a language. */
export function direction(code: string): 'ltr' | 'rtl' {
	return code === 'ar' ? 'rtl' : 'ltr';
}

/** `href` with its `lang` parameter set: where a page without one is in the browser's language. */
export function askingFor(href: string, language: Language): string {
	const url = new URL(href, 'http://localhost');
	url.searchParams.set('lang', language);
	return url.pathname + url.search + url.hash;
}

/** `href` with its `lang` parameter set, or taken away for English. */
export function inLanguage(href: string, language: Language): string {
	const url = new URL(href, 'http://localhost');
	if (language === fallback) {
		url.searchParams.delete('lang');
	} else {
		url.searchParams.set('lang', language);
	}
	return url.pathname + url.search + url.hash;
}
