import { GIVEN_NAMES } from './lists/given-names.ts';
import { PROPER_WORDS } from './lists/proper-words.ts';
import { LAST_NAMES } from './lists/surnames.ts';
import {
	FUNCTION_WORDS,
	INITIALS,
	NEVER_LOWER,
	SHORT_LOWER,
	SPANISH_WORDS,
	VERBISH,
} from './ambiguous-names.ts';
import { MONTHS, NOUN_TITLES } from './cue-words.ts';
import {
	evidenceAfter,
	evidenceBefore,
	isBesideMe,
	isCalledAtEnd,
	isDetermined,
	isPlace,
	opensClause,
} from './name-cues.ts';
import { isTitled } from './title-rules.ts';
import { hasNameShape, isCommon, isUnknown } from './unknown-words.ts';
import type { Token } from './name-tokens.ts';
import type { Roster, RosterClass } from './roster.ts';

/** A turn while its names are looked for. */
export type Turn = {
	text: string;
	tokens: readonly Token[];
	roster: Roster;
	/** 1 where a word is part of a name. */
	isName: Uint8Array;
	/** 1 where a word stays readable whatever it looks like. */
	isReadable: Uint8Array;
	/** Spanish, or mixed with it: 'ella' is no name then. */
	isSpanish: boolean;
};

const PLACE_BEFORE = /^(?:st|saint|san|santa|south|north|east|west)$/u;
/** Names of what can be lost, or be there, as a thing. */
const ABSTRACT = /^(?:hope|faith|joy|may|justice|summer)$/u;

/** Whether the word at a place is a name, by its spelling and by what stands around it. */
export function decide(turn: Turn, at: number): boolean {
	const token = turn.tokens[at];
	if (
		token === undefined ||
		token.key === '' ||
		turn.isReadable[at] === 1 ||
		/^\p{N}/u.test(token.key)
	) {
		return false;
	}
	if (turn.isSpanish && SPANISH_WORDS.has(token.key) && (token.isFirst || !token.isCapital)) {
		return false;
	}
	if (isTitled(turn, at)) {
		return true;
	}
	const listed = turn.roster.entries.get(token.key)?.find(({ rest }) => rest.length === 0)?.class;
	if (listed !== undefined && isListedPerson(turn, at, listed)) {
		return true;
	}
	return isGivenName(turn, at) || isLastName(turn, at) || isStranger(turn, at);
}

function isListedPerson(turn: Turn, at: number, listed: RosterClass): boolean {
	const { text, tokens } = turn;
	const token = tokens[at];
	if (token === undefined || listed === 'plain') {
		return token !== undefined;
	}
	if (listed === 'place') {
		return !isPlace(tokens, at) && (token.isCapital || !isDetermined(tokens, at));
	}
	if (isNamedByContext(turn, at)) {
		return true;
	}
	const isProper = PROPER_WORDS.has(token.key);
	const isFollowedByName =
		token.isCapital &&
		/^(?:['’]s(?![\p{L}\p{N}])| \p{Lu}\p{Ll})/u.test(text.slice(token.end, token.end + 3));
	if (listed === 'word') {
		return (
			token.isCapital &&
			!isDetermined(tokens, at) &&
			((isFollowedByName && !isProper) || (!token.isFirst && !isProper))
		);
	}
	const before = tokens[at - 1];
	return (
		token.isCapital &&
		!token.isFirst &&
		!isProper &&
		!isDetermined(tokens, at) &&
		before?.isCapital === false
	);
}

function isGivenName(turn: Turn, at: number): boolean {
	const { tokens } = turn;
	const token = tokens[at];
	const given = GIVEN_NAMES.get(token?.key ?? '');
	if (token !== undefined && INITIALS.has(token.key)) {
		return true;
	}
	if (token === undefined || given === undefined) {
		return false;
	}
	if (token.isAcronym && token.key.length < 5) {
		return false;
	}
	if (given === 'plain' && token.key.length > 2) {
		const isSpelledOut =
			token.key.length > 3 || SHORT_LOWER.has(token.key) || (token.isCapital && !token.isFirst);
		return (
			!PLACE_BEFORE.test(tokens[at - 1]?.key ?? '') && (isSpelledOut || isNamedByContext(turn, at))
		);
	}
	if (FUNCTION_WORDS.has(token.key)) {
		return false;
	}
	if (given === 'mostly') {
		return !isPlace(tokens, at) && (token.isCapital || !isDetermined(tokens, at));
	}
	if (given === 'other') {
		return isOneOfPlaces(turn, at);
	}
	const isInside = token.isCapital && !token.isFirst && token.key.length > 1;
	if (
		isInside &&
		!isInCompound(turn, at) &&
		!PROPER_WORDS.has(token.key) &&
		!isDetermined(tokens, at) &&
		!isPlace(tokens, at)
	) {
		return true;
	}
	return isNamedByContext(turn, at);
}

/** 'Lovers Lane', 'Crystal Bridges': beside another word with a capital it is that thing's name. */
function isInCompound({ tokens, isName }: Turn, at: number): boolean {
	const token = tokens[at];
	const before = tokens[at - 1];
	const after = tokens[at + 1];
	const isBehind =
		before?.isCapital === true &&
		!before.isFirst &&
		token?.gap === ' ' &&
		before.key !== 'i' &&
		isName[at - 1] === 0 &&
		!NOUN_TITLES.has(before.key);
	const isBeforeCapital =
		after?.isCapital === true &&
		after.gap === ' ' &&
		after.key.length > 1 &&
		isCommon(after.key) &&
		!LAST_NAMES.has(after.key) &&
		!GIVEN_NAMES.has(after.key);
	return isBehind || isBeforeCapital;
}

/** A name that is a place or a thing as well needs someone who speaks, or is spoken to. */
function isOneOfPlaces({ text, tokens }: Turn, at: number): boolean {
	const before = evidenceBefore(tokens, at);
	const isSpoken =
		before === 'strong' ||
		(before === 'weak' && tokens[at]?.isCapital === true && tokens[at - 1]?.key !== 'with');
	const after = evidenceAfter(text, tokens, at);
	const isDone =
		after === 'likely' &&
		/^gets?$|^got$/u.test(tokens[at + 1]?.key ?? '') &&
		opensClause(tokens, at);
	return (
		!isPlace(tokens, at) &&
		(isSpoken ||
			isDone ||
			(after === 'strong' && !isDetermined(tokens, at)) ||
			isBesideMe(tokens, at))
	);
}

/** A name that is a word as well, where the words around it speak of a person. */
function isNamedByContext({ text, tokens }: Turn, at: number): boolean {
	const token = tokens[at];
	if (token === undefined || isDetermined(tokens, at)) {
		return false;
	}
	const after = evidenceAfter(text, tokens, at);
	if (token.isCapital) {
		const isMonth = MONTHS.has(token.key);
		const isDoing = after === 'strong' || (after === 'likely' && !isMonth);
		return (
			isDoing ||
			evidenceBefore(tokens, at) === 'strong' ||
			isCalledAtEnd(text, tokens, at) ||
			isBesideMe(tokens, at)
		);
	}
	const isNamed =
		/^(?:named|name|names)$/u.test(tokens[at - 1]?.key ?? '') ||
		/^name (?:is|was)$/u.test(`${tokens[at - 2]?.key ?? ''} ${tokens[at - 1]?.key ?? ''}`);
	if (isNamed && !FUNCTION_WORDS.has(token.key) && evidenceBefore(tokens, at) === 'strong') {
		return true;
	}
	if (NEVER_LOWER.has(token.key) || token.key.length < 2) {
		return false;
	}
	const isDoing = after === 'strong' || (after === 'likely' && !ABSTRACT.test(token.key));
	if (isDoing && opensClause(tokens, at)) {
		return true;
	}
	const isIntroduced = evidenceBefore(tokens, at) === 'strong';
	const isAfterNoun =
		!/^(?:is|named|named|called|llamo|es|llama|me|him|her|them|by|was|hey|hi|thanks|you|ahead|yo)$/u.test(
			tokens[at - 1]?.key ?? '',
		);
	return (isIntroduced && !(VERBISH.has(token.key) && isAfterNoun)) || isBesideMe(tokens, at);
}

function isLastName(turn: Turn, at: number): boolean {
	const { text, tokens } = turn;
	const token = tokens[at];
	const last = LAST_NAMES.get(token?.key ?? '');
	if (token !== undefined && last === undefined) {
		return isFamily(tokens, at);
	}
	if (token === undefined || last === undefined || isDetermined(tokens, at)) {
		return false;
	}
	if (last === 'plain' && token.key.length > 3) {
		return !isPlace(tokens, at) || !token.isCapital;
	}
	if (last === 'plain') {
		return token.isCapital && !token.isFirst;
	}
	return (
		token.isCapital &&
		!PROPER_WORDS.has(token.key) &&
		(evidenceAfter(text, tokens, at) === 'strong' ||
			(last === 'other' && evidenceBefore(tokens, at) !== 'none' && !isPlace(tokens, at)))
	);
}

/** 'The Halvorsons'. */
function isFamily(tokens: readonly Token[], at: number): boolean {
	const token = tokens[at];
	const name =
		token?.isCapital === true && tokens[at - 1]?.key === 'the'
			? token.key.replace(/e?s$/u, '')
			: '';
	return name !== token?.key && LAST_NAMES.get(name) === 'plain';
}

/** A word nobody listed: a name where the writing clearly shows a person. */
function isStranger(turn: Turn, at: number): boolean {
	const { text, tokens } = turn;
	const token = tokens[at];
	if (token === undefined || !isUnknown(token) || isDetermined(tokens, at)) {
		return false;
	}
	const before = evidenceBefore(tokens, at);
	const after = evidenceAfter(text, tokens, at);
	if (token.isCapital && !token.isFirst) {
		return (
			before !== 'none' ||
			after === 'strong' ||
			after === 'likely' ||
			isCalledAtEnd(text, tokens, at) ||
			isBesideMe(tokens, at) ||
			(hasNameShape(token.key) && !isPlace(tokens, at))
		);
	}
	if (token.isCapital) {
		return after === 'strong' || before === 'strong';
	}
	const isSpanishWord =
		turn.isSpanish && !/^(?:llamo|es|llama|dicen)$/u.test(tokens[at - 1]?.key ?? '');
	if (token.key.length < 3 || isSpanishWord) {
		return false;
	}
	const isGreetedLoosely = /^(?:yo|about|hola|gracias|oye|to|bye|so|on|ven|job)$/u.test(
		tokens[at - 1]?.key ?? '',
	);
	return (
		(before === 'strong' && !isGreetedLoosely) ||
		isBesideMe(tokens, at) ||
		(after === 'strong' && opensClause(tokens, at))
	);
}
