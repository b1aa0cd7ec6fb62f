import { NUMBER_WORD, numberRuns } from './number-words.ts';
import { findBirthDates } from './redact-dates.ts';
import { findAddresses } from './redact-places.ts';
import { findRoomsBeside } from './redact-rooms.ts';
import { findSpokenHandles, findSpokenMail, findSpokenNumbers } from './redact-spoken.ts';
import type { Found, RedactionKind } from './redaction-kind.ts';

type Rule = {
	kind: RedactionKind;
	/** What a text must hold for the pattern to be tried at all. */
	needs: RegExp;
	/** With the flags g and u; a group named `hidden`, with the flag d, narrows what is hidden. */
	pattern: RegExp;
};

/** A digit in European or Arabic figures. */
const D = '[0-9٠-٩۰-۹]';
const ANY_DIGIT = /[0-9٠-٩۰-۹]/u;
/** Words that make a run of digits a count. */
const NOT_COUNTED =
	'(?! ?(?:dollars|bucks|students|people|kids|views|likes|followers|votes|times|percent|subscribers|tickets|personas|estudiantes|d[óo]lares|%|k(?![\\p{L}])))';

/** Shapes that give a person away. */
const RULES: readonly Rule[] = [
	{
		kind: 'email',
		needs: /@/u,
		pattern: /[\p{L}\p{N}._%+-]{1,64}@[\p{L}\p{N}-]{1,63}(?:\.[\p{L}\p{N}-]{1,63}){1,4}/gu,
	},
	{
		kind: 'id',
		needs: ANY_DIGIT,
		pattern: /(?<![\p{L}\p{N}-])\d{3}[- ]\d{2}[- ]\d{4}(?![\p{L}\p{N}-])/gu,
	},
	{
		kind: 'phone',
		needs: ANY_DIGIT,
		pattern: new RegExp(
			`(?<![\\p{L}\\p{N}])(?:\\+?[1١][-. ]?)?(?:\\(${D}{3}\\)[ -]?|${D}{3}[-. /])${D}{3}[-. ]${D}{4}(?!\\p{N})|(?<![\\p{L}\\p{N}-])${D}{3}[-.]${D}{4}(?![\\p{N}-])|(?<![\\p{L}\\p{N}])(?:\\+?1)?[2-9]\\d{2}[2-9]\\d{6}(?!\\p{N})`,
			'gu',
		),
	},
	{
		kind: 'phone',
		needs: /\d{3} \d{4}|area code/iu,
		pattern:
			/(?:area code |(?:call|text|reach)(?: me| us| her| him| them)?(?: at)? |number(?:['’]?s| is) |cell(?:['’]?s| is) |phone(?:['’]?s| is) )(?<hidden>(?:(?<=area code )\d{3}[, ]{1,2}(?:then |and |uh |it's )?)?\d{3}[ -]\d{4})(?!\p{N})/dgiu,
	},
	{
		kind: 'id',
		needs: ANY_DIGIT,
		pattern:
			/(?<![\p{L}\p{N}])(?:student (?:id|number)|id|lunch (?:number|pin|code|id)|pin|badge|case|(?:incident|report|file|ticket|citation)(?= number| no| #)|número de (?:estudiante|caso|almuerzo)|numero de (?:estudiante|caso|almuerzo)|matrícula|matricula|ssn|social(?: security)?|seguro social|login|passcode)(?:['’]?s)?(?:\s{0,3}(?:number|pin))?(?:,?\s{0,3}(?:is|es|was|no\.?|number|#|:|so|it's|its|mine's|mine is|uh|um|like)(?![\p{L}])){0,3}\s{0,3},?\s{0,2}[#:]?\s{0,3}(?<hidden>(?=[\p{L}-]{0,4}\d)(?!(?:19|20)\d\d(?![\p{L}\p{N}-]))[\p{L}\d-]{4,16})(?![\p{L}\p{N}])/dgiu,
	},
	{
		kind: 'id',
		needs: /رقم|هوي/u,
		pattern: new RegExp(
			`(?<=(?:رقم (?:الطالب|الطالبة|القضية|الغداء|هويتي|الهوية)|هويتي)(?: هو| هي)?[ :]{1,2})${D}{4,12}`,
			'gu',
		),
	},
	{
		kind: 'id',
		needs: ANY_DIGIT,
		pattern: new RegExp(
			`(?<![\\p{L}\\p{N}.,:$€£#/-])\\d{6,12}(?![\\p{L}\\p{N}]|[.,]\\d)${NOT_COUNTED}`,
			'giu',
		),
	},
	{
		kind: 'id',
		needs: /\d/u,
		// Numbers of cases and reports; a school year, 2021-2022, is none.
		pattern:
			/(?<![\p{L}\p{N}-])(?:[A-Z]{1,3}-(?:19|20)?\d{2}-\d{3,8}|[A-Z]{1,3}\d{2}-\d{3,8}|\d{2}-\d{5,8}|20\d{2}-\d{5,8}|[A-Z]{1,2}\d{6,9})(?![\p{L}\p{N}-])/gu,
	},
	{
		kind: 'room',
		needs: /room|rm|sal[óo]n|aula|cuarto|portable/iu,
		pattern:
			/(?<![\p{L}\p{N}])(?:room|rm|classroom|salón|salon|aula|cuarto|portable) ?(?:number|número|numero|no|num)?\.? ?#?(?:\p{L}-?)?\d{1,4}(?:-?\p{L})?(?![\p{L}\p{N}]| ?(?:kids|students|people|of |other|desks|teachers|percent|%|alumnos|estudiantes|personas))/giu,
	},
	{
		kind: 'room',
		needs: /غرف|قاع|صف/u,
		pattern: new RegExp(
			`(?<!\\p{L})(?:[بلوف]{0,2}ال)?(?:غرفة|الغرفة|قاعة|القاعة)(?: رقم)? ${D}{1,4}`,
			'gu',
		),
	},
	{
		kind: 'handle',
		needs: /@/u,
		pattern:
			/(?<![\p{L}\p{N}._@])@(?!(?:everyone|here|all|school|home|lunch|me|you)(?![\p{L}\p{N}_.]))[\p{L}_](?:[\p{L}\p{N}_.]{0,28}[\p{L}\p{N}_])?|(?<![\p{L}\p{N}._@])@(?=\p{N}+[\p{L}_])[\p{L}\p{N}_](?:[\p{L}\p{N}_.]{0,28}[\p{L}\p{N}_])/gu,
	},
];

const ACCOUNT =
	'(?:snap|snapchat|insta|instagram|ig|tiktok|tik tok|discord|twitch|twitter|@|user|gamertag|gamer tag|username|user name|handle|psn|xbox|finsta|usuario)';
/** An account named after its service: one with a digit, a dot or an underscore, or after 'is' any odd word. */
const ACCOUNT_NAME = new RegExp(
	`(?<![\\p{L}\\p{N}])(?<owner>(?:my|his|her|their|mi|su) )?${ACCOUNT}(?!(?!s )\\p{L})(?: (?:name|username|user|handle|account))?(?<is>(?:['’]s|s)? (?:is|es|was)|['’]s|:| es)? ?[:,]? ?(?:like |uh |um )?(?<account>[\\p{L}\\p{N}_][\\p{L}\\p{N}_.#]{1,29}[\\p{L}\\p{N}_])`,
	'dgiu',
);

/** 'find me on tiktok at …'. */
const FOLLOWED = new RegExp(
	`(?<![\\p{L}\\p{N}])(?:find|follow|add|dm|tag) (?:me|him|her|us|them) (?:on |at )(?:${ACCOUNT}(?!\\p{L}) ?)?(?:at |as |its |it's |@ ?)?(?<account>[\\p{L}\\p{N}_][\\p{L}\\p{N}_.]{3,29}[\\p{L}\\p{N}_])`,
	'dgiu',
);

/** Everything in a text that has the shape of a contact, a number or a place of a person. */
export function findShapes(text: string, isWord: (key: string) => boolean): Found[] {
	const found = RULES.flatMap(({ kind, needs, pattern }) =>
		needs.test(text)
			? Array.from(text.matchAll(pattern), (match) => {
					const [start, end] = match.indices?.groups?.['hidden'] ?? [
						match.index,
						match.index + match[0].length,
					];
					return { kind, start, end };
				})
			: [],
	);
	const runs = numberRuns(text);
	return [
		...found,
		...findAccounts(text, isWord),
		...findBirthDates(text),
		...findAddresses(text, runs),
		...findRoomsBeside(text, runs),
		...findSpokenNumbers(text, runs),
		...findSpokenMail(text),
		...findSpokenHandles(text),
	];
}

function findAccounts(text: string, isWord: (key: string) => boolean): Found[] {
	const followed = Array.from(text.matchAll(FOLLOWED)).flatMap((match): Found[] => {
		const [start, end] = match.indices?.groups?.['account'] ?? [0, 0];
		return isWord(text.slice(start, end).toLowerCase()) ? [] : [{ kind: 'handle', start, end }];
	});
	const named = Array.from(text.matchAll(ACCOUNT_NAME)).flatMap((match) => {
		const { account = '', is, owner } = match.groups ?? {};
		const [start, end] = match.indices?.groups?.['account'] ?? [0, 0];
		const hasMark = /[\d_]|\p{L}\.\p{L}/u.test(account) && /\p{L}/u.test(account);
		const isOdd =
			is !== undefined &&
			owner !== undefined &&
			account.length > 4 &&
			!isWord(account.toLowerCase());
		const isCamel = is !== undefined && /\p{Ll}\p{Lu}/u.test(account);
		const isNumber = new RegExp(`^${NUMBER_WORD}$`, 'iu').test(account);
		return (hasMark && (is !== undefined || /_|\p{L}#?\d|\p{L}\.\p{L}/u.test(account))) ||
			((isOdd || isCamel) && !isNumber)
			? [{ kind: 'handle' as const, start, end }]
			: [];
	});
	return [...followed, ...named];
}
