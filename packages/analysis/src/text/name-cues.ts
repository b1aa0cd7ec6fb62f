import { CLAUSE } from './ambiguous-names.ts';
import {
	ASKED_AFTER,
	BELONGINGS,
	CALLED,
	CALLED_WHOM,
	DETERMINERS,
	DID,
	GREETINGS,
	GREETING_PAIRS,
	HAPPENED,
	INTO_PLACE,
	INTRODUCTIONS,
	LOOSE_NOUNS,
	MONTHS,
	MOVED,
	PERSONAL,
	PERSON_NOUNS,
	SAID,
	TALKED,
	THING_NOUNS,
	TO_PERSON,
} from './cue-words.ts';
import type { Token } from './name-tokens.ts';

/** Whether the writing shows that a person is meant by the words from one token to another. */
export type Evidence = 'strong' | 'likely' | 'weak' | 'none';

/** What the words before a token say. */
export function evidenceBefore(tokens: readonly Token[], at: number): Evidence {
	const token = tokens[at];
	const before = tokens[at - 1];
	if (token === undefined || before === undefined) {
		return 'none';
	}
	const isClose =
		/^[\s,:.'"“-]{1,4}$/u.test(token.gap) && !(token.isFirst && !/["“:]/u.test(token.gap));
	if (!isClose) {
		return 'none';
	}
	if (isIntroduced(tokens, at) || isGreeted(tokens, at) || isAfterNoun(tokens, at)) {
		return 'strong';
	}
	return isObject(tokens, at) ? 'weak' : 'none';
}

function keyAt(tokens: readonly Token[], at: number): string {
	const token = tokens[at];
	return token === undefined ? '' : token.key;
}

/** 'my friend X'; after a noun that others follow too, only with a capital or 'this kid X'. */
function isAfterNoun(tokens: readonly Token[], at: number): boolean {
	const token = tokens[at];
	const noun = tokens[at - 1];
	if (
		token === undefined ||
		noun === undefined ||
		noun.isPossessive ||
		token.gap.trim() !== '' ||
		!PERSON_NOUNS.has(noun.key)
	) {
		return false;
	}
	return (
		token.isCapital ||
		!LOOSE_NOUNS.has(noun.key) ||
		(DETERMINERS.has(keyAt(tokens, at - 2)) && /^(?:kid|dude|boy|girl|guy)$/u.test(noun.key))
	);
}

function isIntroduced(tokens: readonly Token[], at: number): boolean {
	let phrase = '';
	for (let back = 1; back <= 4; back++) {
		const key = keyAt(tokens, at - back);
		if (key === '') {
			break;
		}
		phrase = phrase === '' ? key : `${key} ${phrase}`;
		if (INTRODUCTIONS.has(phrase)) {
			const needsPossessive = phrase === 'name' || phrase === 'my name';
			if (needsPossessive && tokens[at - 1]?.isPossessive !== true) {
				continue;
			}
			return !namesThing(tokens, at - back);
		}
	}
	if (isSelf(tokens, at)) {
		return true;
	}
	const isAboutPerson = CALLED.has(keyAt(tokens, at - 2)) && CALLED_WHOM.has(keyAt(tokens, at - 1));
	return (
		isAboutPerson || (keyAt(tokens, at - 1) === 'called' && PERSON_NOUNS.has(keyAt(tokens, at - 2)))
	);
}

/** 'I'm X', 'this is X'; in lower case only where who speaks goes on about themselves. */
function isSelf(tokens: readonly Token[], at: number): boolean {
	const one = keyAt(tokens, at - 1);
	const two = keyAt(tokens, at - 2);
	const isSaid =
		one === "i'm" ||
		one === 'im' ||
		one === 'soy' ||
		(one === 'am' && two === 'i') ||
		(one === 'is' && two === 'this');
	const next = keyAt(tokens, at + 1);
	const goesOn =
		(next === 'and' || next === 'y') &&
		/^(?:i|i'm|im|my|tengo|voy|estoy|soy)$/u.test(keyAt(tokens, at + 2));
	return isSaid && (tokens[at]?.isCapital === true || goesOn);
}

function namesThing(tokens: readonly Token[], at: number): boolean {
	return tokens
		.slice(Math.max(0, at - 3), at)
		.some(({ key }) => THING_NOUNS.has(key) && key !== 'that' && key !== 'this' && key !== 'one');
}

function isGreeted(tokens: readonly Token[], at: number): boolean {
	const one = keyAt(tokens, at - 1);
	return GREETINGS.has(one) || GREETING_PAIRS.has(`${keyAt(tokens, at - 2)} ${one}`);
}

function isObject(tokens: readonly Token[], at: number): boolean {
	const one = keyAt(tokens, at - 1);
	return (
		TO_PERSON.has(one) ||
		((one === 'to' || one === 'a' || one === 'from') &&
			(TALKED.has(keyAt(tokens, at - 2)) || keyAt(tokens, at - 2) === 'heard'))
	);
}

const KINSHIP =
	/^(?:friend|best|brother|sister|cousin|uncle|aunt|auntie|mom|dad|son|daughter|nephew|niece|homie|boyfriend|girlfriend|teammate|neighbor|roommate|partner|lab)$/u;

/** What the words after a token say; `after` is the first of them. */
export function evidenceAfter(text: string, tokens: readonly Token[], at: number): Evidence {
	const token = tokens[at];
	const after = tokens[at + 1];
	if (token === undefined || after === undefined) {
		return 'none';
	}
	if (token.isPossessive) {
		return BELONGINGS.has(after.key) ? 'strong' : 'none';
	}
	if (/^,\s/u.test(after.gap)) {
		return token.isFirst && ASKED_AFTER.has(after.key) ? 'strong' : 'none';
	}
	if (!/^\s{1,2}$/u.test(after.gap)) {
		return 'none';
	}
	const next = keyAt(tokens, at + 2);
	if (SAID.has(after.key) || ((after.key === 'me' || after.key === 'le') && SAID.has(next))) {
		return 'strong';
	}
	if (
		(after.key === 'and' || after.key === 'y' || after.key === 'n') &&
		!MONTHS.has(token.key) &&
		(next === 'i' || next === 'me' || next === 'yo')
	) {
		return 'strong';
	}
	if (/^(?:doesn't|didn't|won't|can't|don't|does|did)$/u.test(after.key) && PERSONAL.has(next)) {
		return 'likely';
	}
	if (/^(?:is|was)$/u.test(after.key) && next === 'my' && KINSHIP.test(keyAt(tokens, at + 3))) {
		return 'strong';
	}
	if (
		after.key === 'is' &&
		next === 'my' &&
		/^(?:last|first|middle|real|full|name)$/u.test(keyAt(tokens, at + 3))
	) {
		return 'strong';
	}
	if (/^(?:was|is|got|gets|had|has|did|be|were|fue|me|just|also)$/u.test(after.key)) {
		const isDone = /^(?:was|is|got|gets|had|has)$/u.test(after.key);
		const isLike = next === 'like' && /^(?:was|be|were)$/u.test(after.key);
		return HAPPENED.has(next) || isLike || (isDone && /\p{L}{3}ed$/u.test(next))
			? 'likely'
			: 'weak';
	}
	return DID.has(after.key) ? 'weak' : 'none';
}

/** 'What do you think, X?': a name called at the end of what is said to it. */
export function isCalledAtEnd(text: string, tokens: readonly Token[], at: number): boolean {
	const token = tokens[at];
	if (
		token === undefined ||
		!/^,\s$/u.test(token.gap) ||
		!/^\s*(?:$|[.?!])/u.test(text.slice(token.end, token.end + 2))
	) {
		return false;
	}
	const clause = tokens.slice(Math.max(0, at - 5), at);
	return clause.some(({ key }) =>
		/^(?:you|your|thanks|thank|what|okay|ok|yeah|sorry|no|yes|right|please|bro|hey|it|me|up|down|on|ahead|go)$/u.test(
			key,
		),
	);
}

/** 'me and X'. */
export function isBesideMe(tokens: readonly Token[], at: number): boolean {
	return (
		/^(?:and|y|n)$/u.test(keyAt(tokens, at - 1)) &&
		/^(?:me|yo|i)$/u.test(keyAt(tokens, at - 2)) &&
		tokens[at]?.gap.trim() === ''
	);
}

/** 'in Jordan', 'went to Madison', 'Austin, Texas': the place, not the person. */
export function isPlace(tokens: readonly Token[], at: number): boolean {
	const one = keyAt(tokens, at - 1);
	return (
		INTO_PLACE.has(one) ||
		(one === 'to' && MOVED.has(keyAt(tokens, at - 2))) ||
		/^(?:minnesota|wisconsin|texas|iowa|illinois|mn|wi)$/u.test(keyAt(tokens, at + 1)) ||
		(keyAt(tokens, at + 1) === 'is' && keyAt(tokens, at + 2) === 'where')
	);
}

/** 'the hope', 'my angel': the thing. */
export function isDetermined(tokens: readonly Token[], at: number): boolean {
	const token = tokens[at];
	return (
		token?.isFirst === false &&
		/^\s*$/u.test(token.gap) &&
		DETERMINERS.has(tokens[at - 1]?.key ?? '') &&
		tokens[at - 1]?.isPossessive === false
	);
}

/** Whether who does something can stand here: at the start, after 'and', 'because', 'he said'. */
export function opensClause(tokens: readonly Token[], at: number): boolean {
	const token = tokens[at];
	return (
		token?.isFirst === true || /,/u.test(token?.gap ?? '') || CLAUSE.has(tokens[at - 1]?.key ?? '')
	);
}
