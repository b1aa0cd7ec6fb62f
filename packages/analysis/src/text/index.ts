export { codePointLength, codePointSlice } from './fold.ts';
export {
	diceSimilarity,
	jaroWinklerSimilarity,
	sentences,
	STEMMED_LANGUAGES,
	stemmerOf,
} from './natural.ts';
export { normalise, words } from './words.ts';
