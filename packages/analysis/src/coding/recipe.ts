import { stemmerOf } from '../text/natural.ts';
import type { Recipe } from './features.ts';
import type { Settings } from './model.ts';

/**
 * How texts are read: words alone and in pairs, two to five characters within a word, and stems
 * where the language has a stemmer.
 */
export function recipeOf(settings: Settings, language: string | null = settings.language): Recipe {
	return {
		wordRun: 2,
		shortestWord: 2,
		characters: { shortest: 2, longest: 5 },
		stem: language === null ? null : remembered(stemmerOf(language)),
	};
}

/** A stemmer that works every word out once. */
function remembered(stem: Recipe['stem']): Recipe['stem'] {
	if (stem === null) {
		return null;
	}
	const known = new Map<string, string>();
	return (word) => {
		const before = known.get(word);
		if (before !== undefined) {
			return before;
		}
		const stemmed = stem(word);
		known.set(word, stemmed);
		return stemmed;
	};
}
