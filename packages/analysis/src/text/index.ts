export { duplicateKey, trigramSimilarity } from './duplicates.ts';
export { codePointLength, codePointSlice } from './fold.ts';
export {
	diceSimilarity,
	jaroWinklerSimilarity,
	sentences,
	STEMMED_LANGUAGES,
	stemmerOf,
} from './natural.ts';
export { isNonAnswer } from './non-answer.ts';
export { redact, REDACTION_KINDS } from './redact.ts';
export type { RedactOptions, Redaction, RedactionKind } from './redact.ts';
export { normalise, words } from './words.ts';
