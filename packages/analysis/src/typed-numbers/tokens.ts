/** A word, a number written in digits, or a mark between them. */
export interface Token {
	type: 'word' | 'number' | 'mark';
	/** As it stands, with digits of every script made Latin. */
	text: string;
	/** In lower case, with a straight apostrophe. */
	lower: string;
	/** What a number in digits says; null for words and marks. */
	value: number | null;
	/** Whether blank space stands before it. */
	isApart: boolean;
}

/** Digits with signs between thousands; other digits; words with ordinals and compounds; marks. */
const TOKEN =
	/\d{1,3}(?:[ ,.'’\u00a0\u202f]\d{3})+(?![\d\p{L}])|\d+(?:st|nd|rd|th)(?!\p{L})|\d+-\p{L}[\p{L}\p{N}'’-]*|\d+(?:[.,:]\d+)*|[\p{L}\p{M}][\p{L}\p{M}\p{N}]*(?:['’-][\p{L}\p{M}\p{N}]+)*|[<>]=|\S/gu;
const GROUPED = /^\d{1,3}(?:[ ,.'’\u00a0\u202f]\d{3})+$/u;
const NUMBER = /^\d+(?:[ .,:'’\u00a0\u202f]\d+)*$/u;

/** Splits a sentence into words, numbers and marks. */
export function tokensOf(sentence: string): Token[] {
	const latin = latinDigits(sentence);
	return [...latin.matchAll(TOKEN)].map(({ 0: text, index }) => {
		const isNumber = NUMBER.test(text);
		return {
			type: isNumber ? 'number' : typeOf(text),
			text,
			lower: text.toLowerCase().replaceAll('’', "'"),
			value: isNumber ? valueOf(text) : null,
			isApart: /\s/u.test(latin.slice(index - 1, index)),
		};
	});
}

/** Some tokens as they were written. */
export function written(tokens: readonly Token[]): string {
	return tokens
		.map(({ text, isApart }, index) => (isApart && index > 0 ? ` ${text}` : text))
		.join('');
}

function typeOf(text: string): 'word' | 'mark' {
	return /^[\p{L}\p{M}\p{N}]/u.test(text) ? 'word' : 'mark';
}

/** Digits of any script as Latin ones, with the Arabic signs for percent, thousands and decimals. */
function latinDigits(sentence: string): string {
	return sentence
		.normalize('NFKC')
		.replaceAll('٪', '%')
		.replaceAll('٬', ',')
		.replaceAll('٫', '.')
		.replaceAll('⁄', '/')
		.replace(/\p{Nd}/gu, (digit) => String(digitValue(digit)));
}

/** Every script has its ten digits in a row. */
function digitValue(digit: string): number {
	const point = digit.codePointAt(0) ?? 0;
	const isDigit = (candidate: number) => /^\p{Nd}$/u.test(String.fromCodePoint(candidate));
	let value = 0;
	while (value < 9 && isDigit(point - value - 1)) {
		value += 1;
	}
	return value;
}

function valueOf(text: string): number {
	return GROUPED.test(text)
		? Number(text.replace(/[^\d]/gu, ''))
		: Number(text.replace(',', '.').replace(/[:.,](?=.*[:.,])/gu, ''));
}
