import { KNOWN } from './lists/known-people.ts';
import { GIVEN_NAMES } from './lists/given-names.ts';
import { LAST_NAMES } from './lists/surnames.ts';
import { MAKES_A_PLACE } from './lists/proper-words.ts';
import { NOUN_TITLES, setOf, TITLES } from './cue-words.ts';
import { evidenceAfter, evidenceBefore } from './name-cues.ts';
import type { Turn } from './name-rules.ts';

/** After a name in lower case only these make it a place: 'tyler high fived me' is about Tyler. */
const SURE_PLACES = setOf(
	'elementary academy university college avenue county street boulevard library hospital rd blvd co',
);
const KINDS_OF_SCHOOL = setOf('high middle elementary charter');

/** Marks what stays readable: public figures everyone knows, schools, streets, holidays. */
export function markReadable(turn: Turn): void {
	turn.tokens.forEach((_, at) => {
		markKnown(turn, at);
		markPlace(turn, at);
	});
}

function markKnown({ text, tokens, roster, isReadable, isName }: Turn, at: number): void {
	const first = tokens[at];
	const phrases = KNOWN.get(first?.key ?? '');
	// A name of several words that the list has, word for word, was marked before.
	if (phrases === undefined || isName[at] === 1) {
		return;
	}
	for (const rest of phrases) {
		const isThere = rest.every((word, step) => {
			const next = tokens[at + step + 1];
			const whole = next?.isPossessive === true ? `${next.key}'s` : next?.key;
			return (next?.key === word || whole === word) && /^[\s&.-]{1,3}$/u.test(next?.gap ?? '');
		});
		if (!isThere || first === undefined) {
			continue;
		}
		const phrase = [first.key, ...rest].join(' ');
		const isListed = roster.whole.has(phrase) || (rest.length === 0 && roster.entries.has(phrase));
		const isSomeone =
			rest.length === 0 &&
			(evidenceBefore(tokens, at) === 'strong' ||
				(GIVEN_NAMES.has(first.key) && evidenceAfter(text, tokens, at) === 'likely'));
		if (!isListed && !isSomeone && !isTitled(tokens[at - 1]?.key)) {
			isReadable.fill(1, at, at + rest.length + 1);
			isName.fill(0, at, at + rest.length + 1);
			return;
		}
	}
}

function isTitled(before: string | undefined): boolean {
	return (
		before !== undefined &&
		before !== 'president' &&
		(TITLES.has(before) || NOUN_TITLES.has(before))
	);
}

/** 'Lincoln High', 'Patrick Henry Middle School', 'Martin Street': the name of a place. */
function markPlace({ tokens, roster, isReadable, isName }: Turn, at: number): void {
	const token = tokens[at];
	const next = tokens[at + 1];
	if (
		token === undefined ||
		next === undefined ||
		!/^\s{1,2}$/u.test(next.gap) ||
		token.isPossessive
	) {
		return;
	}
	const isKind =
		KINDS_OF_SCHOOL.has(next.key) || MAKES_A_PLACE.has(next.key) || SURE_PLACES.has(next.key);
	if (!isKind) {
		return;
	}
	if (!GIVEN_NAMES.has(token.key) && !LAST_NAMES.has(token.key) && !roster.entries.has(token.key)) {
		return;
	}
	const isSchool = KINDS_OF_SCHOOL.has(next.key) && tokens[at + 2]?.key === 'school';
	const isNamed = MAKES_A_PLACE.has(next.key) && next.isCapital && token.isCapital;
	if (
		(!isSchool &&
			!isNamed &&
			!(SURE_PLACES.has(next.key) && (token.isCapital || !roster.entries.has(token.key)))) ||
		isTitled(tokens[at - 1]?.key)
	) {
		return;
	}
	let from = at;
	while (
		from > at - 2 &&
		tokens[from]?.isFirst === false &&
		tokens[from - 1]?.isCapital === true &&
		GIVEN_NAMES.has(tokens[from - 1]?.key ?? '') &&
		isName[from - 1] === 0
	) {
		from--;
	}
	isReadable.fill(1, from, at + 2);
	isName.fill(0, from, at + 2);
}
