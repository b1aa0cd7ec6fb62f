export { duplicateKey, trigramSimilarity } from './duplicates.ts';
export { codePointLength, codePointSlice } from './fold.ts';
export { GIVEN_NAMES } from './lists/given-names.ts';
export { LAST_NAMES } from './lists/surnames.ts';
export { measureRedaction } from './measure-redaction.ts';
export type {
	Accuracy,
	RedactionCase,
	RedactionFigures,
	RedactionMeasure,
} from './measure-redaction.ts';
export {
	diceSimilarity,
	jaroWinklerSimilarity,
	sentences,
	STEMMED_LANGUAGES,
	stemmerOf,
} from './natural.ts';
export { namesHeard } from './names-heard.ts';
export { isNonAnswer } from './non-answer.ts';
export { redact, REDACTION_KINDS } from './redact.ts';
export type { RedactOptions, Redaction, RedactionKind } from './redact.ts';
export { normalise, words } from './words.ts';
