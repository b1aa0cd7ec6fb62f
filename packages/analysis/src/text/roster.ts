import { ALL_WORDS } from './lists/common-words.ts';
import { GIVEN_NAMES } from './lists/given-names.ts';
import { NICKNAMES } from './lists/nicknames.ts';
import { LAST_NAMES } from './lists/surnames.ts';
import { keyOf } from './name-tokens.ts';

/**
 * How sure a listed name is by its spelling alone: `plain` always means the person; `place` is a
 * place or a thing as well; `word` is a word as well; `last` a last name that is a word as well.
 */
export type RosterClass = 'plain' | 'place' | 'word' | 'last';

export type Roster = {
	/** Listed names by their first word: the words that follow, longest first. */
	entries: ReadonlyMap<string, readonly { rest: readonly string[]; class: RosterClass }[]>;
	/** Whole names as listed, words joined by a space: these are hidden even of a public figure. */
	whole: ReadonlySet<string>;
	/** Names in scripts without spaces, looked for as they stand. */
	unspaced: readonly string[];
};

const WORD = /[\p{L}\p{M}\p{N}]+(?:['’][\p{L}\p{M}\p{N}]+)*/gu;
const UNSPACED = /[\p{sc=Han}\p{sc=Hiragana}\p{sc=Katakana}\p{sc=Hangul}\p{sc=Thai}\p{sc=Lao}]/u;
const PARTICLES: ReadonlySet<string> = new Set(
	'de la las los del da di du van von der den el al bin ibn abu y e the of jr sr ii iii iv'.split(
		' ',
	),
);
const TITLES: ReadonlySet<string> = new Set(
	`mr mrs ms miss mx dr officer deputy coach principal sgt sergeant señor senor senora señora sr sra
	srta lt captain chief nurse dean prof professor superintendent director`
		.trim()
		.split(/\s+/u),
);

/** Remembered by the list itself: a roster is read once, not for every turn. */
const rosters = new WeakMap<readonly string[], Roster>();

/** The roster made ready: whole names, their parts, what first names are called for short. */
export function rosterOf(names: readonly string[]): Roster {
	const known = rosters.get(names);
	if (known !== undefined) {
		return known;
	}
	const entries = new Map<string, Map<string, { rest: string[]; class: RosterClass }>>();
	const whole = new Set<string>();
	const add = (words: readonly string[], as: RosterClass): void => {
		const [first, ...rest] = words;
		if (first === undefined || words.join('').length < 2) {
			return;
		}
		const others = entries.get(first) ?? new Map<string, { rest: string[]; class: RosterClass }>();
		const before = others.get(rest.join(' '));
		others.set(rest.join(' '), { rest, class: surer(before?.class, as) });
		entries.set(first, others);
	};
	for (const name of names) {
		const words = wordsOf(name);
		whole.add(words.join(' '));
		for (const form of formsOf(words)) {
			add(form.words, form.class);
		}
	}
	const roster: Roster = {
		entries: new Map(
			Array.from(entries, ([first, forms]) => [
				first,
				[...forms.values()].sort((one, other) => other.rest.length - one.rest.length),
			]),
		),
		whole,
		unspaced: names.filter((name) => UNSPACED.test(name)).flatMap(unspacedForms),
	};
	rosters.set(names, roster);
	return roster;
}

/** `Peterson, Dale` is Dale Peterson; a title before the name is none of its words. */
function wordsOf(name: string): string[] {
	const parts = name.split(',');
	const isTurned = parts.length === 2 && !/^\s*(?:jr|sr|ii|iii|iv)\.?\s*$/iu.test(parts[1] ?? '');
	const written = isTurned ? `${parts[1] ?? ''} ${parts[0] ?? ''}` : name;
	const words = Array.from(written.matchAll(WORD), ([word]) => keyOf(word));
	while (words.length > 1 && TITLES.has(words[0] ?? '')) {
		words.shift();
	}
	return words;
}

function formsOf(words: readonly string[]): { words: readonly string[]; class: RosterClass }[] {
	const [first = '', second = ''] = words;
	const forms = [{ words, class: words.length > 1 ? ('plain' as const) : classOf(first) }];
	if (words.length === 1) {
		return [...forms, ...nicknamesOf(first)];
	}
	forms.push({ words: [first], class: classOf(first) }, ...nicknamesOf(first));
	if (words.length > 2) {
		forms.push(
			...(PARTICLES.has(second) ? [] : [{ words: [first, second], class: 'plain' as const }]),
			{ words: words.slice(0, -1), class: 'plain' },
			{ words: words.slice(1), class: 'plain' },
		);
		forms.push({ words: [first, words.at(-1) ?? ''], class: 'plain' });
	}
	for (const part of words.slice(1)) {
		if (!PARTICLES.has(part) && part.length > 1) {
			forms.push({ words: [part], class: lastClassOf(part) });
		}
	}
	return forms;
}

function nicknamesOf(first: string): { words: string[]; class: RosterClass }[] {
	return (NICKNAMES.get(first) ?? []).map((form) => ({ words: [form], class: classOf(form) }));
}

function classOf(word: string): RosterClass {
	const listed = GIVEN_NAMES.get(word);
	if (listed === 'mostly') {
		return 'place';
	}
	const isWord = listed === 'word' || LAST_NAMES.get(word) === 'word' || ALL_WORDS.has(word);
	if (isWord || word.length < 3) {
		return 'word';
	}
	return listed === 'other' ? 'place' : 'plain';
}

function lastClassOf(word: string): RosterClass {
	const listed = LAST_NAMES.get(word);
	if (listed === 'word' || ALL_WORDS.has(word) || word.length < 3) {
		return 'last';
	}
	return listed === 'other' || GIVEN_NAMES.get(word) === 'other' ? 'place' : 'plain';
}

/** The same spelling listed for two people: what is sure of one is sure. */
function surer(one: RosterClass | undefined, other: RosterClass): RosterClass {
	const order: readonly RosterClass[] = ['plain', 'place', 'word', 'last'];
	return one !== undefined && order.indexOf(one) < order.indexOf(other) ? one : other;
}

/** A name of three characters or more is said without its first, the family's, as well. */
function unspacedForms(name: string): string[] {
	const characters = Array.from(name.trim());
	const given = characters.slice(1).join('');
	const isHan = characters.every((character) => /\p{sc=Han}|\p{sc=Hangul}/u.test(character));
	return [name.trim(), ...(isHan && characters.length === 3 ? [given] : [])].filter(
		(form) => Array.from(form).length > 1,
	);
}
