import { letters } from './lists/arabic-names.ts';
import { REDACTION_KINDS } from './redaction-kind.ts';

/** A word of a text as the search for names sees it; offsets in UTF-16 units. */
export type Token = {
	start: number;
	/** Where the word ends without a possessive `'s`. */
	end: number;
	/** The word in lower case without accents, without `'s`; empty for a mark such as `[name]`. */
	key: string;
	isPossessive: boolean;
	/** Capital: `Tyler`; a lone capital letter too. Shouted words count as lower case. */
	isCapital: boolean;
	/** In lower case, with the accent of a Spanish verb: 'lloró'. */
	isPast: boolean;
	/** All capitals in a text that is not: 'ATM', 'GPs'. */
	isAcronym: boolean;
	/** First word of a text, a sentence, a quotation. */
	isFirst: boolean;
	/** What stands between the word before and this one. */
	gap: string;
};

/** Scripts without spaces between words are passed over: a name in one is found as it stands. */
const LETTER =
	'(?![\\u0e00-\\u0eff\\u3040-\\u30ff\\u3400-\\u9fff\\uac00-\\ud7af])[\\p{L}\\p{M}\\p{N}]';
const WORD = new RegExp(`(?:${LETTER})+(?:['’](?:${LETTER})+)*`, 'gu');
const ENDS_SENTENCE = /[.!?…:;¿¡"“”(\n؟۔—]/u;
const MARKS: ReadonlySet<string> = new Set(REDACTION_KINDS);

/** The words of a text, with what the writing says about each. */
export function tokensOf(text: string): Token[] {
	const tokens: Token[] = [];
	const isShouting = !/\p{Ll}{2}/u.test(text);
	let last = 0;
	for (const match of text.matchAll(WORD)) {
		const word = match[0];
		const start = match.index;
		const gap = text.slice(last, start);
		const isMark = MARKS.has(word) && text[start - 1] === '[' && text[start + word.length] === ']';
		const key = isMark ? '' : keyOf(word);
		const isPossessive = key.length > 2 && key.endsWith("'s");
		tokens.push({
			start,
			end: start + word.length - (isPossessive ? 2 : 0),
			key: isPossessive ? key.slice(0, -2) : key,
			isPossessive,
			isCapital: isCapitalised(word) && !/^\p{Lu}{2,}s$/u.test(word),
			isPast: /^\p{Ll}+[óéí]$/u.test(word),
			isAcronym: !isShouting && /^\p{Lu}{2,}(?:['’]?s)?$/u.test(word),
			isFirst: tokens.length === 0 || startsSentence(gap, tokens),
			gap,
		});
		last = start + word.length;
	}
	return tokens;
}

/** A word for comparison: lower case, no accents, straight apostrophes, Arabic letters one way. */
export function keyOf(word: string): string {
	if (/^[a-z]+$/u.test(word) && !DRAWN_OUT.test(word)) {
		return word;
	}
	const lower = plainOf(word.toLowerCase().replaceAll('’', "'"));
	if (/^[a-z0-9']+$/u.test(lower)) {
		return lower;
	}
	return /[\u0600-\u06ff]/u.test(lower)
		? letters(lower)
		: lower.normalize('NFD').replace(/\p{M}/gu, '').normalize('NFC');
}

const DRAWN_OUT = /(?<letter>\p{L})\k<letter>\k<letter>/u;
const DRAWN_OUT_ALL = /(?<letter>\p{L})\k<letter>{2,}/gu;
/** Names with an apostrophe after their first syllable: La'Shawn, D'Angelo, O'Brien. */
const APOSTROPHE_INSIDE =
	/^(?<first>la|da|de|d|ja|sha|ke|ta|o|mc|ma|mi|le|re|ni)'(?<rest>\p{L}{4,})/u;

/** 'jaydennn' is Jayden, La'Shawn is Lashawn; 'llamó' is kept apart from 'llamo'. */
function plainOf(lower: string): string {
	const once = DRAWN_OUT.test(lower) ? lower.replace(DRAWN_OUT_ALL, '$<letter>') : lower;
	return once === 'llamó' ? 'llamoo' : once.replace(APOSTROPHE_INSIDE, '$<first>$<rest>');
}

function isCapitalised(word: string): boolean {
	const code = word.charCodeAt(0);
	if (code >= 97 && code <= 122) {
		return false;
	}
	return /^\p{Lu}(?:$|[\p{L}\p{M}'’]*\p{Ll})/u.test(word);
}

/** A point after a title or an initial ends no sentence. */
function startsSentence(gap: string, tokens: readonly Token[]): boolean {
	const before = tokens.at(-1);
	if (!ENDS_SENTENCE.test(gap)) {
		return false;
	}
	const isPoint = /^\.\s?$/u.test(gap);
	const isInitial = before?.isCapital === true && before.key.length === 1 && before.gap !== '.';
	return !(isPoint && before !== undefined && (isInitial || ABBREVIATED.has(before.key)));
}

const ABBREVIATED: ReadonlySet<string> = new Set(
	'mr mrs ms mx dr sr sra srta sgt lt cpl capt det prof st jr vs rev hon'.split(' '),
);
