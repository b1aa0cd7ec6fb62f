import { stemmerOf } from '../text/natural.ts';
import type { Recipe } from './features.ts';
import type { Settings } from './model.ts';

/**
 * How texts are read: words alone and in pairs, two to five characters within a word, and stems
 * where the language has a stemmer.
 */
export function recipeOf({ language }: Settings): Recipe {
	return {
		wordRun: 2,
		shortestWord: 2,
		characters: { shortest: 2, longest: 5 },
		stem: language === null ? null : stemmerOf(language),
	};
}
