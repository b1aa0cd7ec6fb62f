import { describe, expect, it } from 'vitest';
import { languages, type Language } from './languages.ts';
import { catalogues, text } from './text.ts';

const suffixes = /_(zero|one|two|few|many|other)$/;

function pluralForms(language: Language): string[] {
	return new Intl.PluralRules(language).resolvedOptions().pluralCategories.toSorted();
}

function baseKeys(catalogue: Record<string, string>): string[] {
	return [...new Set(Object.keys(catalogue).map((key) => key.replace(suffixes, '')))].toSorted();
}

function placeholders(message: string): string[] {
	return [...message.matchAll(/\{\{\s*(\w+)\s*\}\}/g)].map((match) => match[1] ?? '').toSorted();
}

describe.each(['common', 'student', 'public', 'voices', 'letter'] as const)(
	'the %s catalogue',
	(name) => {
		it.each(languages)('says the same things in %s as in English', (language) => {
			expect(baseKeys(catalogues[language][name])).toEqual(baseKeys(catalogues.en[name]));
		});

		it.each(languages)('has every plural form %s needs, and words in all of them', (language) => {
			const catalogue: Record<string, string> = catalogues[language][name];
			for (const key of Object.keys(catalogue)) {
				expect(catalogue[key]?.trim(), key).not.toBe('');
			}
			const plurals = new Set(
				Object.keys(catalogue)
					.filter((key) => suffixes.test(key))
					.map((key) => key.replace(suffixes, '')),
			);
			for (const plural of plurals) {
				const forms = pluralForms(language).map((form) => `${plural}_${form}`);
				expect(Object.keys(catalogue), plural).toEqual(expect.arrayContaining(forms));
			}
		});

		it.each(languages)('fills the same blanks in %s as in English', (language) => {
			const english: Record<string, string> = catalogues.en[name];
			const catalogue: Record<string, string> = catalogues[language][name];
			const differing = Object.keys(catalogue).filter((key) => {
				const twin = english[key];
				return twin !== undefined && !suffixes.test(key)
					? placeholders(twin).join() !== placeholders(catalogue[key] ?? '').join()
					: false;
			});
			expect(differing).toEqual([]);
		});
	},
);

describe('categories of recommendations', () => {
	it('are called the same on the pages of the team and of the public', () => {
		const categories = (catalogue: Record<string, string>) =>
			Object.entries(catalogue).filter(([key]) => key.startsWith('category.'));
		expect(categories(catalogues.en.staff)).toEqual(categories(catalogues.en.public));
	});
});

describe('text', () => {
	it.each([
		[0, 'لا أحد'],
		[1, 'شخص واحد'],
		[2, 'شخصان'],
		[3, '3 أشخاص'],
		[11, '11 شخصًا'],
		[100, '100 شخص'],
	])('picks the Arabic plural for %i', (count, words) => {
		expect(text('common', 'ar')('people', { count, number: count })).toBe(words);
	});

	it('keeps two languages apart in one process', () => {
		const english = text('common', 'en');
		const spanish = text('common', 'es');
		expect([english('skip'), spanish('skip'), english('skip')]).toEqual([
			'Skip to main content',
			'Ir al contenido principal',
			'Skip to main content',
		]);
	});

	it('leaves what a person typed as it is, for Svelte to escape', () => {
		expect(text('common', 'en')('errors.pageTitle', { title: '<b>&' })).toBe('Error: <b>&');
	});
});
