import { NUMBER_WORD } from './number-words.ts';
import type { NumberRun } from './number-words.ts';
import type { Found, RedactionKind } from './redaction-kind.ts';

/** What the words before a number say it is; looked for at the end of the 40 characters before it. */
const FILLED =
	"(?:'s|’s|s)?[\\s,:#.-]{0,3}(?:(?:is|was|es|number|num|no|uh|um|like|code|pin|so|its|it's|mine|mine's|mine is|el|i put|are)[\\s,:#.]{1,3}){0,4}$";
const CUES: readonly { kind: RedactionKind; cue: RegExp; least: number; most: number }[] = [
	{
		kind: 'id',
		cue: new RegExp(
			`(?:social(?: security)?|ssn|seguro social|last four of my social|last four)${FILLED}`,
			'iu',
		),
		least: 4,
		most: 9,
	},
	{
		kind: 'id',
		cue: new RegExp(
			`(?<![\\p{L}])(?:id|ids|student number|student i d|i d|lunch (?:number|pin|code|id)|pin|pin number|case(?: number)?|report number|incident(?: number)?|badge(?: number)?|locker combo|matr[ií]cula|n[úu]mero de (?:estudiante|almuerzo|caso)|login|passcode|password)${FILLED}`,
			'iu',
		),
		least: 3,
		most: 12,
	},
	{
		kind: 'zip',
		cue: new RegExp(
			`(?:zip(?: ?code)?|c[óo]digo postal|postal code|minnesota|wisconsin)${FILLED}`,
			'iu',
		),
		least: 5,
		most: 9,
	},
	{
		kind: 'room',
		cue: /(?<![\p{L}])(?:room|rm\.?|classroom|sal[óo]n|aula|portable)(?: (?:number|num|no|n[úu]mero))?[\s#-]{1,2}$/iu,
		least: 1,
		most: 4,
	},
];
const ROOM_WORD =
	/(?:room|rm\.?|classroom|sal[óo]n|aula|portable)(?: (?:number|num|no|n[úu]mero))?[\s#-]{1,2}$/iu;
const PHONE_CUE =
	/(?:phone|cell|number|call|text|reach|tel[ée]fono|n[úu]mero|celular|contact|grandma|mom|dad)(?:'s|’s|s)?[^.?!]{0,24}$/iu;
const COUNTED =
	/^ (?:kids|students|people|of|other|times|percent|years|teachers|cops|minutes|desks|person|alumnos|estudiantes|personas)(?![\p{L}])/iu;

/** Numbers as they are said: 'two one eight five five five …', 'room two oh four', 'my pin is four four one'. */
export function findSpokenNumbers(text: string, runs: readonly NumberRun[]): Found[] {
	return runs.flatMap((run) => {
		const found = run.isSpoken || run.pieces > 2 ? classify(text, run) : null;
		return found === null ? [] : [found];
	});
}

function classify(text: string, run: NumberRun): Found | null {
	const { start, end, digits } = run;
	const before = text.slice(Math.max(0, start - 48), start);
	for (const { kind, cue, least, most } of CUES) {
		if (digits.length >= least && digits.length <= most && cue.test(before)) {
			if (kind === 'room') {
				return COUNTED.test(text.slice(end, end + 16))
					? null
					: { kind, start: start - (ROOM_WORD.exec(before)?.[0].length ?? 0), end };
			}
			return { kind, start, end };
		}
	}
	if (run.isCounting) {
		return null;
	}
	const isPhoneLong = digits.length === 10 || (digits.length === 11 && digits.startsWith('1'));
	const isSaid = run.singles >= 5 || PHONE_CUE.test(before);
	if (
		(isPhoneLong && isSaid) ||
		(digits.length === 7 && isSaid && run.pieces > 3 && run.singles >= 4)
	) {
		return { kind: 'phone', start, end };
	}
	return digits.length === 9 && run.singles >= 7 ? { kind: 'id', start, end } : null;
}

const MAILBOX =
	'(?:gmail|g mail|yahoo|hotmail|outlook|icloud|i cloud|aol|proton|protonmail|live|msn|example|mail|me|students?|school|schools|isd\\d{1,4}|k12|k 12|district)';
const DOT = '\\s?(?:\\.|\\(dot\\)|\\[dot\\]|dot|punto|نقطة)\\s?';
const AT = '\\s?(?:@|\\(at\\)|\\[at\\]|at|arroba)\\s?';
const END = '(?:com|org|net|edu|us|gov|io|co|info|mn|mx)';
/** The part after the at: 'at gmail dot com', 'arroba correo punto com', '(at) example (dot) com'. */
const SPOKEN_DOMAIN = new RegExp(
	`(?<![\\p{L}\\p{N}])${AT}(?<domain>(?:${MAILBOX}|[\\p{L}\\p{N}-]{2,20})(?:${DOT}(?:[\\p{L}\\p{N}-]{1,20}|k 12)(?: ${NUMBER_WORD}){0,4}){0,3}${DOT}${END})(?![\\p{L}\\p{N}])`,
	'giu',
);
const IS_MAILBOX = new RegExp(`^${MAILBOX}(?![\\p{L}])`, 'iu');
const MAIL_CUE =
	/(?:e-?mail|correo|write to|escr[íi]be|send it|address|it's|its|mine's|other one's|was|is|es)[^.?!]{0,40}$/iu;
const LOCAL_WORD = /(?:[\p{L}\p{N}._+-]{1,40})$/u;
const LOCAL_JOIN =
	/(?:\s|^)(?:dot|punto|underscore|dash|hyphen|plus|gui[óo]n bajo|gui[óo]n|\.)\s$/iu;
const NUMBER_BEFORE = new RegExp(`(?:^|\\s)(?:${NUMBER_WORD}|\\p{Nd}{1,4})\\s$`, 'iu');
const IS_NUMBER = new RegExp(`^(?:${NUMBER_WORD}|\\p{Nd}{1,4})$`, 'iu');

/** E-mail addresses as they are said: 'tyler dot b at gmail dot com'. */
export function findSpokenMail(text: string): Found[] {
	if (!/dot|punto|\(at\)|\[at\]| @|@ | at /iu.test(text)) {
		return [];
	}
	return Array.from(text.matchAll(SPOKEN_DOMAIN)).flatMap((match) => {
		const at = match.index + (/^\s*/u.exec(match[0])?.[0].length ?? 0);
		const start = localStart(text, at);
		const local = text.slice(start, at).trim();
		const isSymbol = /^\s?(?:@|[([])/u.test(match[0]);
		const isCued = MAIL_CUE.test(text.slice(Math.max(0, start - 60), start));
		const isComposed = /\s|[\d._]/u.test(local);
		const isMail =
			local !== '' &&
			(isSymbol || IS_MAILBOX.test(match.groups?.['domain'] ?? '') || isCued || isComposed);
		return isMail &&
			!/^(?:look|looked|go|went|it|out|up|us|them|only|back|over|just)$/iu.test(local)
			? [{ kind: 'email' as const, start, end: match.index + match[0].length }]
			: [];
	});
}

/** Where the part before the at begins: one word, more where a dot, an underscore or a number joins them. */
function localStart(text: string, at: number): number {
	let start = at;
	for (let pieces = 0; pieces < 8; pieces++) {
		const before = text.slice(Math.max(0, start - 48), start);
		const space = /\s$/u.test(before) ? 1 : 0;
		const word = LOCAL_WORD.exec(before.slice(0, before.length - space))?.[0];
		if (word === undefined) {
			break;
		}
		start -= word.length + space;
		const rest = text.slice(Math.max(0, start - 48), start);
		const joined = LOCAL_JOIN.exec(rest);
		if (joined !== null) {
			start -= joined[0].trimStart().length;
			start = text[start - 1] === ' ' && /\p{L}/u.test(text[start] ?? '') ? start : start;
			continue;
		}
		const isPart = IS_NUMBER.test(word) && (NUMBER_BEFORE.test(rest) || /\p{L}\s$/u.test(rest));
		if (!isPart && !(word.length === 1 && /\p{L}\s$/u.test(rest) && NUMBER_BEFORE.test(rest))) {
			break;
		}
	}
	const mine =
		/(?:e-?mail|correo)(?:['’]?s)? (?:(?:is|es|was) )?(?<more>(?:[\p{L}\p{N}]+ ){1,2})$/iu.exec(
			text.slice(Math.max(0, start - 60), start),
		);
	start -= mine?.groups?.['more']?.length ?? 0;
	while (/\s/u.test(text[start] ?? '')) {
		start++;
	}
	return start;
}

const UNDERSCORE =
	/(?<![\p{L}\p{N}])[\p{L}\p{N}.]{2,24}(?: (?:underscore|gui[óo]n bajo) [\p{L}\p{N}.]{1,24}){1,4}/giu;
const NUMBERS_AFTER = new RegExp(`^(?: (?:${NUMBER_WORD}|\\p{Nd}{1,4})(?![\\p{L}])){1,4}`, 'iu');

/** 'my snap is jaylen dot carter'. */
const SAID_ACCOUNT =
	/(?<![\p{L}\p{N}])(?:snap|snapchat|insta|instagram|ig|tiktok|discord|username|user|handle)(?:['’]?s| is| es) (?<account>[\p{L}\p{N}]{2,24}(?: (?:dot|period|punto) [\p{L}\p{N}]{1,24}){1,3})/dgiu;

/** Names of accounts as they are said: 'mo underscore six one two'. */
export function findSpokenHandles(text: string): Found[] {
	if (!/underscore|gui[óo]n bajo|(?:snap|insta|ig|tiktok|handle|user|discord)/iu.test(text)) {
		return [];
	}
	const dotted = Array.from(text.matchAll(SAID_ACCOUNT), (match): Found => {
		const [start, end] = match.indices?.groups?.['account'] ?? [0, 0];
		return { kind: 'handle', start, end };
	});
	const underscored = Array.from(text.matchAll(UNDERSCORE), (match) => {
		const end = match.index + match[0].length;
		const more = NUMBERS_AFTER.exec(text.slice(end, end + 40))?.[0].length ?? 0;
		return { kind: 'handle' as const, start: match.index, end: end + more };
	});
	return [...dotted, ...underscored];
}
