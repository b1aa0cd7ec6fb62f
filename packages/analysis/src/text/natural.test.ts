import { execFileSync } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { jaroWinklerSimilarity, sentences, STEMMED_LANGUAGES, stemmerOf } from './natural.ts';

describe('natural', () => {
	it('is taken in parts that leave standard output and the environment alone', () => {
		const folder = mkdtempSync(join(tmpdir(), 'natural-'));
		try {
			writeFileSync(join(folder, '.env'), 'READ_FROM_DOT_ENV=yes\n');
			const script = `
				const before = JSON.stringify(process.env);
				await import(${JSON.stringify(new URL('./natural.ts', import.meta.url).href)});
				process.stderr.write(JSON.stringify(process.env) === before ? 'same' : 'changed');
			`;
			const run = execFileSync(process.execPath, ['--input-type=module', '-e', `${script}`], {
				cwd: folder,
				encoding: 'utf8',
				stdio: ['ignore', 'pipe', 'ignore'],
			});
			expect(run).toBe('');
			const environment = execFileSync(
				process.execPath,
				['--input-type=module', '-e', script.replaceAll('process.stderr', 'process.stdout')],
				{ cwd: folder, encoding: 'utf8', stdio: ['ignore', 'pipe', 'ignore'] },
			);
			expect(environment).toBe('same');
		} finally {
			rmSync(folder, { recursive: true });
		}
	});

	it.each([
		['en', 'bullied', 'bulli'],
		['en-GB', 'bullying', 'bulli'],
		['es', 'niños', 'niñ'],
		['es', 'seguridad', 'segur'],
		['fr', 'écoles', 'écol'],
		['ru', 'школы', 'школ'],
	])('stems %s %s to %s', (language, word, stem) => {
		expect(stemmerOf(language)?.(word)).toBe(stem);
	});

	it('has no stemmer for Arabic, Somali or a language it never heard of', () => {
		expect(['ar', 'so', 'hmn', '__proto__'].map(stemmerOf)).toEqual([null, null, null, null]);
		expect(STEMMED_LANGUAGES).toContain('es');
	});

	it('ends sentences at marks and line breaks, not at abbreviations', () => {
		expect(sentences('Dr. Smith is kind. ¿Está bien?\nNo', 'en')).toEqual([
			'Dr. Smith is kind.',
			'¿Está bien?',
			'No',
		]);
		expect(sentences('', 'en')).toEqual([]);
	});

	it('finds the sentences of a long text as of a short one', () => {
		const sentence = 'The hall by the gym is loud after lunch, said 3.5 students.';
		expect(sentences(Array(60).fill(sentence).join(' '), 'en')).toEqual(Array(60).fill(sentence));
		expect(sentences('a'.repeat(900), 'en').join('')).toBe('a'.repeat(900));
	});

	it('measures how close two spellings are', () => {
		expect(jaroWinklerSimilarity('officer', 'oficer')).toBeGreaterThan(0.9);
		expect(jaroWinklerSimilarity('officer', 'lunch')).toBeLessThan(0.6);
	});
});
