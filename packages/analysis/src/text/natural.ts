// Packages that read this file from source need the same declarations.
/// <reference path="./natural-parts.d.ts" />
/**
 * Everything the project takes from `natural`, file by file: its root module opens database
 * drivers, reads `.env` into the environment and prints. Words never come from its tokenizers,
 * which cut at every letter outside ASCII.
 */
import dice from 'natural/lib/natural/distance/dice_coefficient.js';
import jaroWinkler from 'natural/lib/natural/distance/jaro-winkler_distance.js';
import english from 'natural/lib/natural/stemmers/porter_stemmer.js';
import german from 'natural/lib/natural/stemmers/porter_stemmer_de.js';
import spanish from 'natural/lib/natural/stemmers/porter_stemmer_es.js';
import french from 'natural/lib/natural/stemmers/porter_stemmer_fr.js';
import italian from 'natural/lib/natural/stemmers/porter_stemmer_it.js';
import dutch from 'natural/lib/natural/stemmers/porter_stemmer_nl.js';
import norwegian from 'natural/lib/natural/stemmers/porter_stemmer_no.js';
import portuguese from 'natural/lib/natural/stemmers/porter_stemmer_pt.js';
import russian from 'natural/lib/natural/stemmers/porter_stemmer_ru.js';
import swedish from 'natural/lib/natural/stemmers/porter_stemmer_sv.js';
import ukrainian from 'natural/lib/natural/stemmers/porter_stemmer_uk.js';
import SentenceTokenizer from 'natural/lib/natural/tokenizers/sentence_tokenizer.js';

const STEMMERS: ReadonlyMap<string, { stem(word: string): string }> = new Map([
	['de', german],
	['en', english],
	['es', spanish],
	['fr', french],
	['it', italian],
	['nl', dutch],
	['no', norwegian],
	['pt', portuguese],
	['ru', russian],
	['sv', swedish],
	['uk', ukrainian],
]);

const ABBREVIATIONS: ReadonlyMap<string, string[]> = new Map([
	['en', ['Dr.', 'Mr.', 'Mrs.', 'Ms.', 'St.', 'Jr.', 'Sr.', 'e.g.', 'i.e.', 'a.m.', 'p.m.', 'vs.']],
	['es', ['Dr.', 'Dra.', 'Sr.', 'Sra.', 'Srta.', 'Ud.', 'Uds.', 'EE.UU.', 'p.ej.']],
	['fr', ['Dr.', 'M.', 'Mme.', 'p.ex.']],
]);

/**
 * The stemmer of a language by its tag (`es`, `es-MX`), or null where there is none.
 *
 * @example stemmerOf('es')?.('seguridad') // 'segur'
 */
export function stemmerOf(language: string): ((word: string) => string) | null {
	const stemmer = STEMMERS.get(primary(language));
	return stemmer === undefined ? null : (word) => stemmer.stem(word);
}

/** The languages that have a stemmer. */
export const STEMMED_LANGUAGES: readonly string[] = [...STEMMERS.keys()];

/**
 * The sentences of a text, trimmed, in order; a line break ends a sentence too.
 *
 * @example sentences('Dr. Smith is kind. ¿Está bien?', 'en') // ['Dr. Smith is kind.', '¿Está bien?']
 */
export function sentences(text: string, language: string): string[] {
	const abbreviations = ABBREVIATIONS.get(primary(language)) ?? [];
	const found: string[] = [];
	for (const line of text.split(/\r\n|[\n\r\u2028\u2029]/u)) {
		for (const part of inParts(line)) {
			found.push(...new SentenceTokenizer(abbreviations).tokenize(part));
		}
	}
	return found.filter((sentence) => sentence !== '');
}

/** Its work grows with the square of a text's length: longer lines are cut at white space first. */
const LONGEST_PART = 400;

function inParts(line: string): string[] {
	const parts: string[] = [];
	let rest = line.trim();
	while (rest.length > LONGEST_PART) {
		const cut = placeToCut(rest.slice(0, LONGEST_PART));
		parts.push(rest.slice(0, cut).trim());
		rest = rest.slice(cut).trim();
	}
	return rest === '' ? parts : [...parts, rest];
}

/** After the last sentence that ends in a text, else before its last word, else at its end. */
function placeToCut(text: string): number {
	const ended = [...text.matchAll(/[.?!…]["”’)}\]]?(?=\s)/gu)].at(-1);
	if (ended !== undefined) {
		return ended.index + ended[0].length;
	}
	const spaced = text.search(/\s\S*$/u);
	return spaced > 0 ? spaced : text.length;
}

/** Jaro and Winkler's similarity of two strings, 0 to 1; kind to slips near the end of a word. */
export function jaroWinklerSimilarity(one: string, other: string): number {
	return jaroWinkler(one, other, {});
}

/** Dice's coefficient over pairs of characters, 0 to 1. */
export function diceSimilarity(one: string, other: string): number {
	return dice(one, other);
}

function primary(language: string): string {
	return language.toLowerCase().split(/[-_]/u)[0] ?? '';
}
