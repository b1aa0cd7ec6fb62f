import { ALL_WORDS } from './lists/common-words.ts';
import { GIVEN_NAMES } from './lists/given-names.ts';
import { LAST_NAMES } from './lists/surnames.ts';
import { PROPER_WORDS } from './lists/proper-words.ts';
import type { Token } from './name-tokens.ts';

/** True for a word nobody listed that could be a name: not common, not a place or a brand. */
export function isUnknown(token: Token | undefined): boolean {
	if (
		token === undefined ||
		token.key.length < 2 ||
		!/^[\p{sc=Latin}]+(?:'[\p{sc=Latin}]+)?$/u.test(token.key)
	) {
		return false;
	}
	return (
		!token.isAcronym && !isCommon(token.key) && !PROPER_WORDS.has(token.key) && !isVerbLike(token)
	);
}

/** True for a word of school talk, a place or a brand: no name, no name of an account. */
export function isKnownWord(key: string): boolean {
	return isCommon(key) || PROPER_WORDS.has(key);
}

/** Common as it stands, or as the ending of one. */
export function isCommon(key: string): boolean {
	if (ALL_WORDS.has(key) || GIVEN_NAMES.get(key) === 'word' || LAST_NAMES.get(key) === 'word') {
		return true;
	}
	if (/(?:n't|'(?:s|t|re|ve|ll|d|m|all|am|em|cause|til))$|^'/u.test(key)) {
		return true;
	}
	return ENDINGS.some((ending) => {
		const length = key.length - ending.length;
		return length > 2 && key.endsWith(ending) && isBase(key.slice(0, length));
	});
}

const ENDINGS = [
	's',
	'es',
	'ed',
	'd',
	'ing',
	'in',
	'er',
	'ers',
	'ly',
	'y',
	'ness',
	'ment',
	'est',
	'ies',
	'ied',
];

/** A word as it stands, with the e or y it lost, or without the letter it doubled. */
function isBase(base: string): boolean {
	return (
		ALL_WORDS.has(base) ||
		ALL_WORDS.has(`${base}e`) ||
		ALL_WORDS.has(`${base}y`) ||
		(base.at(-1) === base.at(-2) && ALL_WORDS.has(base.slice(0, -1)))
	);
}

/** Endings that hardly anything but first names have: Keyshia, Nakeisha, Davontae, Jakylynn. */
const NAME_SHAPE =
	/(?:[aeiy]sha|eshia|ishia|yshia|iqua|ika|iyah|aiah|ayah|eyah|aun|awn|shawn|quan|quavious|vion|arius|arion|onte|ontae|tavious|isha|lynn|leigh|ylin|xton|yson|ianna|ullah|addin|uddin|fatah|weli|wali|deep|preet|jeet|oluwa\p{L}+|marcus|quez|elle|anna|issa|inda)$/u;

/** Whether a word nobody knows looks like a first name. */
export function hasNameShape(key: string): boolean {
	return key.length > 4 && NAME_SHAPE.test(key);
}

/** In lower case, an ending of English or Spanish verbs and adverbs. */
function isVerbLike({ key, isCapital, isFirst, isPast }: Token): boolean {
	return (
		isPast ||
		((!isCapital || isFirst) &&
			/(?:ed|ing|ly|aba|aban|aron|ieron|ando|iendo|amos|emos|ado|ada|ido|mente|cion|tion|ness|ment|able|ful|less|ous|ity)$/u.test(
				key,
			))
	);
}
