import { markArabicNames } from './arabic-name-rules.ts';
import { GIVEN_NAMES } from './lists/given-names.ts';
import { LAST_NAMES } from './lists/surnames.ts';
import { markReadable } from './known-people.ts';
import { isUnknown } from './unknown-words.ts';
import { decide } from './name-rules.ts';
import type { Turn } from './name-rules.ts';
import { completeNames, joinNames } from './name-spans.ts';
import { tokensOf } from './name-tokens.ts';
import type { Token } from './name-tokens.ts';
import type { Found } from './redaction-kind.ts';
import { rosterOf } from './roster.ts';
import type { Roster } from './roster.ts';

const UNSPACED = /[\u0e00-\u0eff\u3040-\u30ff\u3400-\u9fff\uac00-\ud7af]/u;

/**
 * Names of people: those of a list and what they are called for short, those with a title, those
 * someone gives as theirs or another's, common first and last names, and words nobody listed where
 * the writing shows that a person is meant ('this kid named …', '… told me').
 *
 * A name that is also a word ('Will', 'Mark', 'Hope') is taken only when it begins with a capital
 * inside a sentence, or what stands around it speaks of a person. Public figures everyone knows
 * stay readable unless the list has that very name.
 */
export function findNames(text: string, names: readonly string[], language: string): Found[] {
	const roster = rosterOf(names);
	const tokens = tokensOf(text);
	const turn: Turn = {
		text,
		tokens,
		roster,
		isName: new Uint8Array(tokens.length),
		isReadable: new Uint8Array(tokens.length),
		isSpanish: language === 'es' || isMixedWithSpanish(tokens),
	};
	markListedWhole(turn);
	markReadable(turn);
	tokens.forEach((_, at) => {
		if (turn.isName[at] === 0 && decide(turn, at)) {
			turn.isName[at] = 1;
		}
	});
	completeNames(turn);
	markRepeats(turn);
	return [
		...joinNames(turn),
		...spelledNames(text),
		...markArabicNames(text, roster),
		...unspacedNames(text, roster),
	];
}

const SPANISH =
	/^(?:que|los|las|el|la|de|y|mi|pero|por|para|con|una?|yo|es|lo|se|le|porque|cuando|muy|si|nos|ella|fue|hay|siempre|miedo|gente|donde|como|todos?|estan?|eso|ni|cuenta|hacen?)$/u;

function isMixedWithSpanish(tokens: readonly Token[]): boolean {
	return new Set(tokens.filter(({ key }) => SPANISH.test(key)).map(({ key }) => key)).size > 2;
}

/** 'S-I-O-B-H-A-N', where a name or spelling was spoken of. */
function spelledNames(text: string): Found[] {
	return Array.from(
		text.matchAll(/(?<![\p{L}\p{N}-])\p{L}(?:[-. ]\p{L}){3,24}(?![\p{L}\p{N}'’-])/gu),
	).flatMap((match) => {
		const before = text.slice(Math.max(0, match.index - 48), match.index);
		return /name|spell|call me|llamo|deletre/iu.test(before)
			? [{ kind: 'name' as const, start: match.index, end: match.index + match[0].length }]
			: [];
	});
}

/** Names of several words that the list has, word for word. */
function markListedWhole({ tokens, roster, isName }: Turn): void {
	tokens.forEach((token, at) => {
		const found = roster.entries
			.get(token.key)
			?.find(
				({ rest }) =>
					rest.length > 0 && rest.every((word, step) => follows(tokens, at + step, word)),
			);
		if (found !== undefined) {
			isName.fill(1, at, at + found.rest.length + 1);
		}
	});
}

/** Who was shown to be a person once is one wherever the same word stands in the turn. */
function markRepeats({ tokens, isName, isReadable }: Turn): void {
	const strangers = new Set<string>();
	tokens.forEach((token, at) => {
		const isListed = GIVEN_NAMES.has(token.key) || LAST_NAMES.has(token.key);
		if (isName[at] === 1 && token.isCapital && !isListed && isUnknown(token)) {
			strangers.add(token.key);
		}
	});
	tokens.forEach((token, at) => {
		if (strangers.has(token.key) && isReadable[at] === 0) {
			isName[at] = 1;
		}
	});
}

function follows(tokens: readonly Token[], at: number, word: string): boolean {
	const next = tokens[at + 1];
	return next?.key === word && /^(?:\s{1,3}|[.‐-]\s?|\.\s)$/u.test(next.gap);
}

function unspacedNames(text: string, { unspaced }: Roster): Found[] {
	if (unspaced.length === 0 || !UNSPACED.test(text)) {
		return [];
	}
	const found: Found[] = [];
	for (const name of unspaced) {
		for (let at = text.indexOf(name); at !== -1; at = text.indexOf(name, at + name.length)) {
			found.push({ kind: 'name', start: at, end: at + name.length });
		}
	}
	return found;
}
