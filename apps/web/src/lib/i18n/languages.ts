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

/** The writing direction of a language. */
export function direction(code: string): 'ltr' | 'rtl' {
	return code === 'ar' ? 'rtl' : 'ltr';
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
