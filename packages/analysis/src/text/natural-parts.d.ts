/** The parts of `natural` in use: its own types describe the root module alone. */
declare module 'natural/lib/natural/stemmers/*' {
	const stemmer: { stem(word: string): string };
	export default stemmer;
}

declare module 'natural/lib/natural/tokenizers/sentence_tokenizer.js' {
	export default class SentenceTokenizer {
		constructor(abbreviations: string[], isTrimmed?: boolean);
		tokenize(text: string): string[];
	}
}

declare module 'natural/lib/natural/distance/jaro-winkler_distance.js' {
	export default function jaroWinkler(
		one: string,
		other: string,
		options?: { ignoreCase?: boolean },
	): number;
}

declare module 'natural/lib/natural/distance/dice_coefficient.js' {
	export default function dice(one: string, other: string): number;
}
