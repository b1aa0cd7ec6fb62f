import { describe, expect, it } from 'vitest';
import { direction, inLanguage, languageNames, languageOf, languages } from './languages.ts';

describe('languages', () => {
	it('names every language in itself', () => {
		expect(languages.map((language) => languageNames[language])).toEqual([
			'English',
			'Español',
			'العربية',
		]);
	});

	it.each([
		['es', 'es'],
		['xx', 'en'],
		['', 'en'],
		[null, 'en'],
	])('reads the code %s as %s', (code, language) => {
		expect(languageOf(code)).toBe(language);
	});

	it('writes Arabic from right to left', () => {
		expect([direction('en'), direction('es'), direction('ar')]).toEqual(['ltr', 'ltr', 'rtl']);
	});

	it.each([
		['/results?view=stacked#q-s01', 'ar', '/results?view=stacked&lang=ar#q-s01'],
		['/results?lang=es', 'en', '/results'],
	] as const)('puts %s into %s', (href, language, expected) => {
		expect(inLanguage(href, language)).toBe(expected);
	});
});
