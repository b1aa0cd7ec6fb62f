import { GIVEN_NAMES } from './lists/given-names.ts';
import { LAST_NAMES } from './lists/surnames.ts';
import { MAKES_A_PLACE, PROPER_WORDS } from './lists/proper-words.ts';
import { FUNCTION_WORDS, NEVER_LOWER, VERBISH } from './ambiguous-names.ts';
import { DETERMINERS, setOf } from './cue-words.ts';
import { isUnknown } from './unknown-words.ts';
import type { Turn } from './name-rules.ts';
import type { Token } from './name-tokens.ts';
import type { Found } from './redaction-kind.ts';

const PARTICLES = setOf('de la las los del van von al el bin ibn abu da di du der den st mac mc o');
const AND = setOf('and y e n or ni o with');
const SPACE = /^(?:\s{1,3}|[‐-]|\.\s?)$/u;
/** Last names that are words, of which in lower case a first name before them makes no name. */
const NO_LAST_NAME_LOWER = setOf(
	'her do may will long love day best good short small strong west rush hunt case wise price cross rich said house hall park way ho le lo so house black white may grant chase see page bright',
);

/** Lets names grow over the words that belong to them, and onto the ones they are listed with. */
export function completeNames(turn: Turn): void {
	const { tokens, isName } = turn;
	for (let at = 0; at < tokens.length; at++) {
		if (isName[at] === 0 && isWholeName(turn, at)) {
			isName.fill(1, at, at + 2);
		}
		if (isName[at] === 1) {
			growRight(turn, at);
		}
	}
	for (let at = tokens.length - 1; at > 0; at--) {
		if (isName[at] === 1) {
			growLeft(turn, at);
		}
	}
	for (let at = 0; at < tokens.length; at++) {
		if (isName[at] === 1) {
			joinCompany(turn, at);
		}
	}
}

/** 'Mark Young': a first and a last name with capitals, though both are words. */
function isWholeName(turn: Turn, at: number): boolean {
	const first = turn.tokens[at];
	const last = turn.tokens[at + 1];
	if (
		first?.isCapital !== true ||
		last?.isCapital !== true ||
		last.gap !== ' ' ||
		first.isPossessive ||
		!isOpen(turn, at) ||
		!isOpen(turn, at + 1)
	) {
		return false;
	}
	const isName = GIVEN_NAMES.has(first.key) && LAST_NAMES.has(last.key) && last.key.length > 2;
	return (
		isName &&
		!PROPER_WORDS.has(first.key) &&
		!(PROPER_WORDS.has(last.key) && turn.isName[at + 1] === 0)
	);
}

function growRight(turn: Turn, at: number): void {
	const { tokens, isName } = turn;
	const next = tokens[at + 1];
	if (
		next === undefined ||
		!isOpen(turn, at + 1) ||
		tokens[at]?.isPossessive === true ||
		!SPACE.test(next.gap) ||
		next.isFirst
	) {
		return;
	}
	if (PARTICLES.has(next.key)) {
		const last = PARTICLES.has(tokens[at + 2]?.key ?? '') ? at + 3 : at + 2;
		const word = tokens[last];
		if (
			word !== undefined &&
			isOpen(turn, last) &&
			!word.isFirst &&
			SPACE.test(word.gap) &&
			(isName[last] === 1 || (word.isCapital && (isUnknown(word) || LAST_NAMES.has(word.key))))
		) {
			isName.fill(1, at + 1, last + 1);
		}
		return;
	}
	if (isName[at + 1] === 0 && belongsAfter(turn, next, tokens[at]?.key ?? '')) {
		isName[at + 1] = 1;
	}
}

function belongsAfter({ roster }: Turn, next: Token, turnKey: string): boolean {
	const { key, isCapital } = next;
	if (MAKES_A_PLACE.has(key) && !LAST_NAMES.has(key)) {
		return false;
	}
	if (isCapital && key.length === 1) {
		return key !== 'i' && key !== 'a';
	}
	const last = LAST_NAMES.get(key);
	const isListed = roster.entries.get(key)?.some(({ rest }) => rest.length === 0) === true;
	if (isCapital || next.gap.trim() === '-') {
		return (
			(isUnknown(next) && isCapital) ||
			((last !== undefined || GIVEN_NAMES.has(key) || isListed) &&
				!(PROPER_WORDS.has(key) && last === undefined && !isListed))
		);
	}
	if (HMONG_FIRST.has(turnKey) && GIVEN_NAMES.has(key)) {
		return true;
	}
	return (last === 'word' || isListed) && !NO_LAST_NAME_LOWER.has(key);
}

function growLeft(turn: Turn, at: number): void {
	const { tokens, isName } = turn;
	const token = tokens[at];
	const before = tokens[at - 1];
	if (
		token === undefined ||
		before === undefined ||
		!isOpen(turn, at - 1) ||
		isName[at - 1] === 1 ||
		!/^(?:\s{1,3}|-)$/u.test(token.gap) ||
		token.isFirst ||
		before.isPossessive
	) {
		return;
	}
	const isLast = LAST_NAMES.has(token.key) && !GIVEN_NAMES.has(token.key);
	const isGiven = GIVEN_NAMES.has(before.key) && before.key.length > 1;
	const isNameLike =
		(before.isCapital &&
			token.isCapital &&
			(isGiven || isUnknown(before)) &&
			(isLast || token.gap === '-')) ||
		(!before.isCapital &&
			isLast &&
			before.key.length > 2 &&
			isUnknown(before) &&
			!before.isFirst &&
			!/s$/u.test(before.key));
	if (isNameLike && !TITLE_LIKE.has(before.key)) {
		isName[at - 1] = 1;
	}
}

/** First halves of Hmong names, whose second half is an English word at times: Mai See, Pa Houa. */
const HMONG_FIRST = setOf('mai pa pao tou chue kao gao bao nou xai maly ka kaying');

const TITLE_LIKE = setOf('officer deputy coach principal may will');

/** 'Tyler and Zyaire', 'Tyler, Zyaire': who is named beside a name is one too. */
function joinCompany(turn: Turn, at: number): void {
	const { tokens, isName } = turn;
	const isAnd =
		AND.has(tokens[at + 1]?.key ?? '') && tokens[at + 1]?.gap.trim().replace(',', '') === '';
	const next = isAnd ? at + 2 : at + 1;
	const token = tokens[next];
	const isBeside =
		token !== undefined &&
		!token.isFirst &&
		(isAnd ? token.gap.trim() === '' : /^,\s$/u.test(token.gap));
	if (isBeside && isOpen(turn, next) && isName[next] === 0 && isCompany(token, isAnd)) {
		isName[next] = 1;
		growRight(turn, next);
	}
	const first = tokens[at - 2];
	const isAndBefore =
		AND.has(tokens[at - 1]?.key ?? '') &&
		tokens[at]?.gap.trim() === '' &&
		tokens[at - 1]?.gap.trim() === '';
	if (
		isAndBefore &&
		first !== undefined &&
		isOpen(turn, at - 2) &&
		isName[at - 2] === 0 &&
		!DETERMINERS.has(tokens[at - 3]?.key ?? '') &&
		isCompany(first, true)
	) {
		isName[at - 2] = 1;
	}
}

function isCompany(token: Token, isAnd: boolean): boolean {
	if (token.isCapital) {
		return isUnknown(token) || (GIVEN_NAMES.has(token.key) && !PROPER_WORDS.has(token.key));
	}
	const isGiven =
		GIVEN_NAMES.has(token.key) &&
		token.key.length > 2 &&
		!NEVER_LOWER.has(token.key) &&
		!VERBISH.has(token.key) &&
		!FUNCTION_WORDS.has(token.key);
	if (isAnd && isGiven) {
		return true;
	}
	return isAnd && token.key.length > 3 && isUnknown(token) && !/s$/u.test(token.key);
}

function isOpen({ tokens, isReadable }: Turn, at: number): boolean {
	return isReadable[at] === 0 && tokens[at]?.key !== '';
}

/** Names as spans: words beside each other are one name. */
export function joinNames({ tokens, isName }: Turn): Found[] {
	const found: Found[] = [];
	tokens.forEach((token, at) => {
		if (isName[at] === 0) {
			return;
		}
		const last = found.at(-1);
		const before = tokens[at - 1];
		const isSame =
			last !== undefined &&
			isName[at - 1] === 1 &&
			before?.isPossessive === false &&
			!token.isFirst &&
			SPACE.test(token.gap);
		if (isSame) {
			last.end = token.end;
			return;
		}
		found.push({ kind: 'name', start: token.start, end: token.end });
	});
	return found;
}
