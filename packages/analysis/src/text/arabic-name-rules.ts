import { ARABIC_NAMES, letters } from './lists/arabic-names.ts';
import { COMMON_ARABIC } from './lists/common-words.ts';
import { setOf } from './cue-words.ts';
import type { Found } from './redaction-kind.ts';
import type { Roster } from './roster.ts';

const WORD = /[\p{sc=Arabic}\p{M}]+/gu;
const INTRODUCTIONS = setOf(
	letters('اسمي اسمه اسمها اسمك يدعى تدعى يسمى تسمى واسمي واسمه واسمها السيد السيدة الآنسة'),
);
const TITLES = setOf(
	letters(
		'الأستاذ الأستاذة أستاذ أستاذة المعلم المعلمة الضابط الشرطي المدير المديرة المدرب الدكتور الدكتورة العريف صديقي صديقتي زميلي زميلتي أخي أختي وأخي وأختي جاري عمي خالي ابن وصديقي وصديقتي أنا يا',
	),
);
const VERB = /^(?:[يتنوف]\p{L}{2,}|ال\p{L}+|\p{L}+(?:وا|ون|ين|ني|ها|هم|نا))$/u;

type Word = { start: number; end: number; key: string; bare: string };

/** Names in Arabic script: listed ones, and what follows 'my name is', a title or 'my friend'. */
export function markArabicNames(text: string, roster: Roster): Found[] {
	if (!/[\u0600-\u06ff]/u.test(text)) {
		return [];
	}
	const words = Array.from(text.matchAll(WORD), (match): Word => {
		const key = letters(match[0]);
		return { start: match.index, end: match.index + match[0].length, key, bare: key.slice(1) };
	});
	const found: Found[] = [];
	words.forEach((word, at) => {
		const name = nameIn(word, words[at - 1], roster, found.at(-1));
		if (name === null) {
			return;
		}
		const last = found.at(-1);
		if (
			last !== undefined &&
			/^\s$/u.test(text.slice(last.end, name.start)) &&
			name.start === word.start
		) {
			last.end = name.end;
			return;
		}
		found.push(name);
	});
	return found;
}

function nameIn(
	word: Word,
	before: Word | undefined,
	roster: Roster,
	last: Found | undefined,
): Found | null {
	const whole: Found = { kind: 'name', start: word.start, end: word.end };
	const isBeside = before !== undefined && word.start - before.end === 1;
	const isAfterName = last !== undefined && before !== undefined && last.end === before.end;
	const isIntroduced = before !== undefined && INTRODUCTIONS.has(before.key) && isBeside;
	const isTitled = before !== undefined && TITLES.has(before.key) && isBeside;
	const listed = roster.entries.get(word.key)?.some(({ rest }) => rest.length === 0) === true;
	const kind = listed ? 'plain' : ARABIC_NAMES.get(word.key);
	if (kind === 'plain' || (kind === 'word' && (isAfterName || isIntroduced || isTitled))) {
		return whole;
	}
	const isStranger = word.key.length > 2 && !COMMON_ARABIC.has(word.key);
	if (isIntroduced && isStranger) {
		return whole;
	}
	if (
		isTitled &&
		/^(?:الاستاذه?|استاذه?|الدكتوره?)$/u.test(before.key) &&
		isStranger &&
		!VERB.test(word.key)
	) {
		return whole;
	}
	const isJoined = /^[وفبلك]/u.test(word.key) && word.bare.length > 2;
	const bare = ARABIC_NAMES.get(word.bare);
	const isBareListed =
		roster.entries.get(word.bare)?.some(({ rest }) => rest.length === 0) === true;
	const isJoinedToName = bare === 'word' && isAfterName && word.key.startsWith('و');
	return isJoined && (bare === 'plain' || isBareListed || isJoinedToName)
		? { ...whole, start: word.start + 1 }
		: null;
}
