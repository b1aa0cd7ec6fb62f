import { describe, expect, it } from 'vitest';
import {
	acceptedLanguage,
	askingFor,
	direction,
	inLanguage,
	languageNames,
	languageOf,
	languages,
} from './languages.ts';

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

	it.each([
		['es-US,es;q=0.9,en;q=0.8', 'es'],
		['AR', 'ar'],
		['so,en;q=0.5', null],
		['', null],
		[null, null],
	])('reads the browser that accepts %s as %s', (header, language) => {
		expect(acceptedLanguage(header)).toBe(language);
	});

	it('asks for English by name, where a browser may want another language', () => {
		expect(askingFor('/s/abc?out=&lang=es#K7', 'en')).toBe('/s/abc?out=&lang=en#K7');
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
