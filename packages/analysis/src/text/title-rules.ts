import { NOUN_TITLES, setOf, TITLES } from './cue-words.ts';
import { GIVEN_NAMES } from './lists/given-names.ts';
import { LAST_NAMES } from './lists/surnames.ts';
import type { Turn } from './name-rules.ts';
import { isCommon, isUnknown } from './unknown-words.ts';
import { evidenceAfter } from './name-cues.ts';
import { FUNCTION_WORDS, NEVER_LOWER, VERBISH } from './ambiguous-names.ts';

const KIN = setOf('father brother sister grandma grandpa abuela abuelo');
const AFTER_TITLE = setOf(
	'and or is was said says the i you in who that to will can did does has had are were of a at on for with what if',
);

/** 'Ms. Olson', 'officer peterson', 'Mr. B'. */
export function isTitled({ text, tokens, isSpanish }: Turn, at: number): boolean {
	const token = tokens[at];
	const title = tokens[at - 1];
	if (
		token === undefined ||
		title === undefined ||
		!/^\.?\s{1,2}$/u.test(token.gap) ||
		title.isPossessive
	) {
		return false;
	}
	const { key, isCapital } = token;
	if (TITLES.has(title.key)) {
		const isSoftware = title.isAcronym && title.key === 'ms' && token.gap === ' ';
		return (
			!isSoftware &&
			!AFTER_TITLE.has(key) &&
			(isCapital ||
				key.length === 1 ||
				!isCommon(key) ||
				LAST_NAMES.has(key) ||
				GIVEN_NAMES.has(key))
		);
	}
	if (!NOUN_TITLES.has(title.key) || key === 'i') {
		return false;
	}
	const isMissing =
		title.key === 'miss' &&
		/^(?:i|we|they|you|to|really|will|would|gonna|don't|and|always)$/u.test(
			tokens[at - 2]?.key ?? '',
		);
	if (isMissing) {
		return false;
	}
	if (key.length === 1) {
		return (
			isCapital ||
			(/^(?:officer|coach|deputy|miss|principal|sergeant|doctor|dr)$/u.test(title.key) &&
				!/^[aeiouy\d]$/u.test(key))
		);
	}
	if (isCapital) {
		return (
			!token.isFirst &&
			(isUnknown(token) || (GIVEN_NAMES.has(key) && !AFTER_TITLE.has(key)) || LAST_NAMES.has(key))
		);
	}
	const given = GIVEN_NAMES.get(key);
	const last = LAST_NAMES.get(key);
	if (last === 'word' || given === 'word') {
		const isDoing = evidenceAfter(text, tokens, at) !== 'none' || tokens[at + 1]?.key === 'and';
		return (
			last === 'word' &&
			!VERBISH.has(key) &&
			!FUNCTION_WORDS.has(key) &&
			(isDoing || !NEVER_LOWER.has(key))
		);
	}
	const isStranger = !isSpanish || given !== undefined || last !== undefined;
	return isStranger && isUnknown(token) && title.key !== 'don' && !KIN.has(title.key);
}
