import type { NumberRun } from './number-words.ts';
import type { Found } from './redaction-kind.ts';
import { isZipOf, STATE } from './zip-codes.ts';

const STREETS = 'street|st|avenue|ave|road|rd|boulevard|blvd|parkway|pkwy|highway|hwy|lane|ln';
/** Kinds of streets that are also common words: taken only after names with a capital, or after 'live at'. */
const PLACES = 'drive|dr|court|ct|circle|cir|place|pl|way|trail|trl|terrace|ter|loop|alley';
const HEADING =
	'(?:[Nn]orth|[Ss]outh|[Ee]ast|[Ww]est|NORTH|SOUTH|EAST|WEST|[NSEWnsew]|[NSns][EWew])\\.?';
const UNIT = `(?![\\p{L}\\p{N}])\\.?(?:,? ${HEADING}(?![\\p{L}\\p{N}]))?(?:,? (?:[Aa]pt|[Aa]partment|[Uu]nit|[Ll]ot|[Ss]uite|#)\\.? ?#?(?=[\\p{L}-]{0,2}\\d|[A-Z](?!\\p{L}))[\\p{L}\\p{N}-]{1,6})?`;
const NUMBERED = '\\d{1,3}(?:st|nd|rd|th)';
/** What stands before 'street' and names none. */
const NO_NAME =
	'(?!(?:the|on|of|in|at|way|busy|whole|other|different|main entrance|kids|people|cars|students|city|more|long|big|empty|dark|dead|and|or|blocks?|minutes?|times|from|to|down|across|my|our|his|her|hour|hours|days|weeks|years|dollars|lane|back|side)(?![\\p{L}]))';
const ORDINAL =
	'(?:first|second|third|fourth|fifth|sixth|seventh|eighth|ninth|tenth|eleventh|twelfth|thirteenth|fourteenth|fifteenth|sixteenth|seventeenth|eighteenth|nineteenth|twentieth|twenty[- ](?:first|second|third|fourth|fifth|sixth|seventh|eighth|ninth))';
/** What is said before an address whose street could be another word: 'i live at …'. */
const LIVES =
	/(?<!\p{L})(?:live|lives|lived|living|stay|stays|staying|address|house|moved|apartment|place|crib|grandma|came|go|went|meet|drop|send|mail|it|from)(?:['’]s|s)?(?: (?:is|at|to|it|on|over|me|off|was|now|like|uh|um|them|in|by)){0,5},? $/iu;

const AFTER_SAID = `(?:${HEADING} )?(?:(?:${NO_NAME}\\p{L}{3,20}|${ORDINAL}) ){1,2}`;
/** What follows the number of a house said in words. */
const SAID_STREET = new RegExp(` ${AFTER_SAID}(?:street|avenue|road|boulevard|lane)${UNIT}`, 'iuy');
const SAID_PLACE = new RegExp(` ${AFTER_SAID}(?:${STREETS}|${PLACES})${UNIT}`, 'iuy');

type Rule = { needs: RegExp; pattern: RegExp; before?: RegExp };

const DIGIT = /\d/u;

const RULES: readonly Rule[] = [
	{
		needs: DIGIT,
		pattern: new RegExp(
			`(?<![\\p{L}\\p{N}.,$-])\\d{1,6} (?:${HEADING} )?(?:(?:\\p{Lu}[\\p{L}'.’-]{0,20}|${NUMBERED}) ){1,3}${capitalisable(`${STREETS}|${PLACES}`)}${UNIT}`,
			'gu',
		),
	},
	{
		needs: DIGIT,
		pattern: new RegExp(
			`(?<![\\p{L}\\p{N}.,$-])\\d{1,6} (?:${HEADING} )?(?:${NO_NAME}\\p{L}{3,20} |${NUMBERED} ){1,2}(?:${STREETS})${UNIT}`,
			'giu',
		),
	},
	{
		needs: DIGIT,
		before: LIVES,
		pattern: new RegExp(
			`(?<![\\p{L}\\p{N}.,$-])\\d{1,6} (?:${HEADING} )?(?:(?:${NO_NAME}\\p{L}{3,20}|${NUMBERED}|${ORDINAL}) ){1,2}(?:${STREETS}|${PLACES})${UNIT}`,
			'giu',
		),
	},
	{
		needs: /hwy|highway|county r/iu,
		pattern:
			/(?<![\p{L}\p{N}.,$-])\d{2,6} (?:[NSEW]\.? |(?:north|south|east|west) )?(?:hwy|highway|county road|county rd) \d{1,4}(?!\p{N})/giu,
	},
	{ needs: /box/iu, pattern: /(?<!\p{L})p\.? ?o\.? ?box (?:\p{Nd}{1,6})/giu },
	{
		needs: /(?<!\p{L})(?:ap|dep)/iu,
		pattern:
			/(?<!\p{L})(?:apartment|apt\.?|departamento|depto\.?) ?#?(?:(?=\p{L}?-?\d)[\p{L}\d-]{1,5})(?![\p{L}\p{N}])/giu,
	},
	{
		needs: /calle|avenida|av\.|ave\.|camino|carretera|bulevar/iu,
		pattern:
			/(?<!\p{L})(?:calle|avenida|av\.|ave\.|camino|carretera|bulevar) (?:\p{L}[\p{L}.]{0,19} ){0,3}?(?:\p{L}[\p{L}.]{0,19}|\d{1,3}),? ?(?:n[úu]mero |n[úu]m\.? |no\. |#)?\d{1,5}(?![\p{L}\p{N}])(?! (?:años|personas|veces|alumnos|cuadras))/giu,
	},
	{
		needs: /calle|avenida|camino/iu,
		pattern: /(?<![\p{L}\p{N}])\d{1,5} (?:de la |en la )?(?:calle|avenida|camino) \p{L}{3,20}/giu,
	},
	{
		needs: /شارع/u,
		pattern:
			/(?<!\p{L})شارع (?:[\p{sc=Arabic}\p{M}]{2,20} ){1,3}(?:رقم )?[0-9٠-٩۰-۹]{1,5}|[0-9٠-٩۰-۹]{1,5} شارع (?:[\p{sc=Arabic}\p{M}]{2,20})(?: [\p{sc=Arabic}\p{M}]{2,20})?/gu,
	},
];
const NEEDS =
	/street|(?<!\p{L})(?:st|ave|avenue|road|rd|lane|ln|boulevard|blvd|parkway|pkwy|highway|hwy|drive|dr|court|ct|circle|cir|place|pl|way|trail|trl|terrace|ter|loop|alley|calle|avenida|av|camino|carretera|bulevar|box|apartment|apt|departamento|depto)(?!\p{L})|شارع/iu;

const ZIPS: readonly RegExp[] = [
	/(?<!\p{L})(?:zip|zip ?codes?|código postal|codigo postal|postal code|area code)(?:['’]?s)?(?: (?:is|es|was|there|here|like|it's|its|so|i|put|number|mine's|uh|um)){0,4}[,:?]{0,2}\s{0,2}(?:(?:is|es|i put|so i put|its|it's|mine's|uh|um) )?(?<hidden>\d{5}(?:-\d{4})?)(?!\p{N})/dgiu,
	/(?<![\p{L}\p{N}$.,-])(?<hidden>\d{5}(?:-\d{4})?)(?= zip| is (?:my|our|the|his|her) zip)/dgiu,
	/(?<![\p{L}\p{N}-])(?<hidden>\d{5}-\d{4})(?![\p{N}-])/dgu,
	/(?:الرمز البريدي|رمز بريدي|رمزي البريدي)(?: هو)?[ :]{1,2}(?<hidden>[0-9٠-٩۰-۹]{5})/dgu,
	/(?<!\p{L})(?:minnesota|wisconsin|duluth|minneapolis|st\.? paul|saint paul),? (?<hidden>5[3-8]\d{3})(?!\p{N}| (?:people|kids|students|dollars))/dgiu,
];
const HAS_ZIP = /[0-9٠-٩۰-۹]{5}/u;
const AFTER_STATE = new RegExp(
	`(?<![\\p{L}])(?<state>${STATE}),? (?<zip>\\d{5}(?:-\\d{4})?)(?!\\p{N})`,
	'dgu',
);

/** Street addresses and ZIP codes, as they are written and as they are said. */
export function findAddresses(text: string, runs: readonly NumberRun[]): Found[] {
	const addresses = NEEDS.test(text)
		? [
				...RULES.flatMap((rule) => addressesOf(text, rule)),
				...runs.flatMap((run) => saidAddress(text, run)),
			]
		: [];
	return HAS_ZIP.test(text)
		? [...addresses, ...zipCodes(text), ...addresses.flatMap(({ end }) => zipAfter(text, end))]
		: addresses;
}

function addressesOf(text: string, { needs, pattern, before }: Rule): Found[] {
	if (!needs.test(text)) {
		return [];
	}
	return Array.from(text.matchAll(pattern)).flatMap((match) => {
		const { index: start } = match;
		const isHere = before === undefined || before.test(text.slice(Math.max(0, start - 50), start));
		return isHere
			? [{ kind: 'address' as const, start, end: start + match[0].trimEnd().length }]
			: [];
	});
}

/** 'six twelve cedar street'; after 'i live at' a drive or a court too. */
function saidAddress(text: string, { start, end, isSpoken, pieces }: NumberRun): Found[] {
	if (!isSpoken || pieces < 2) {
		return [];
	}
	const street = LIVES.test(text.slice(Math.max(0, start - 50), start)) ? SAID_PLACE : SAID_STREET;
	street.lastIndex = end;
	const match = street.exec(text);
	return match === null ? [] : [{ kind: 'address', start, end: end + match[0].length }];
}

function zipCodes(text: string): Found[] {
	const found = ZIPS.flatMap((pattern) =>
		Array.from(text.matchAll(pattern), (match): Found => {
			const [start, end] = match.indices?.groups?.['hidden'] ?? [0, 0];
			return { kind: 'zip', start, end };
		}),
	);
	const ofStates = Array.from(text.matchAll(AFTER_STATE)).flatMap((match): Found[] => {
		const { state = '', zip = '' } = match.groups ?? {};
		const [start, end] = match.indices?.groups?.['zip'] ?? [0, 0];
		return isZipOf(state, zip) ? [{ kind: 'zip', start, end }] : [];
	});
	return [...found, ...ofStates];
}

/** '412 Pine Street, Duluth 55802'. */
function zipAfter(text: string, at: number): Found[] {
	const after = /^,? (?:\p{L}{3,20},? ?){0,3}(?<zip>\d{5}(?:-\d{4})?)(?!\p{N})/u.exec(
		text.slice(at, at + 60),
	);
	const zip = after?.groups?.['zip'];
	if (after === null || zip === undefined) {
		return [];
	}
	const end = at + after[0].length;
	return [{ kind: 'zip', start: end - zip.length, end }];
}

/** A pattern for any of some words, in lower case, with a capital, or shouted. */
function capitalisable(words: string): string {
	const either = words
		.split('|')
		.map((word) => `${word}|${word.charAt(0).toUpperCase()}${word.slice(1)}|${word.toUpperCase()}`);
	return `(?:${either.join('|')})`;
}
