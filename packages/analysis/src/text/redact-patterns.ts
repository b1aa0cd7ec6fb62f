/** What a redacted span was. */
export const REDACTION_KINDS = [
	'name',
	'phone',
	'email',
	'id',
	'address',
	'zip',
	'room',
	'handle',
	'birth_date',
] as const;
export type RedactionKind = (typeof REDACTION_KINDS)[number];

/** Where in a text something to hide was found, in UTF-16 units. */
export type Found = { start: number; end: number; kind: RedactionKind };

type Rule = {
	kind: RedactionKind;
	/** With the flags g, u and d; a group named `hidden` narrows what is hidden. */
	pattern: RegExp;
};

const STREETS = 'street|st|avenue|ave|road|rd|lane|ln|boulevard|blvd|parkway|pkwy|highway|hwy';
/** Kinds of streets that are also common words: taken only after names with a capital. */
const PLACES = 'drive|dr|court|ct|circle|cir|place|pl|way|trail|trl|terrace|loop|alley';
const HEADING = '(?:[Nn]orth|[Ss]outh|[Ee]ast|[Ww]est|[NSEWnsew]|[NSns][EWew])\\.?';
const UNIT =
	'(?![\\p{L}\\p{N}])\\.?(?:,? (?:[Aa]pt|[Aa]partment|[Uu]nit|[Ll]ot|#)\\.? ?#?[\\p{L}\\p{N}-]{1,6})?';
const STATE =
	'(?:A[KLRZ]|C[AOT]|D[CE]|FL|GA|HI|I[ADLN]|K[SY]|LA|M[ADEINOST]|N[CDEHJMVY]|O[HKR]|PA|RI|S[CD]|T[NX]|UT|V[AT]|W[AIVY])';
const MONTH =
	'(?:jan(?:uary)?|feb(?:ruary)?|mar(?:ch)?|apr(?:il)?|may|june?|july?|aug(?:ust)?|sept?(?:ember)?|oct(?:ober)?|nov(?:ember)?|dec(?:ember)?|enero|febrero|marzo|abril|mayo|junio|julio|agosto|septiembre|octubre|noviembre|diciembre)(?!\\p{L})';

/** Shapes that give a person away, in the order in which they win over one another. */
const RULES: readonly Rule[] = [
	{
		kind: 'email',
		pattern: /[\p{L}\p{N}._%+-]{1,64}@[\p{L}\p{N}-]{1,63}(?:\.[\p{L}\p{N}-]{1,63}){1,4}/dgu,
	},
	{
		kind: 'birth_date',
		pattern: new RegExp(
			`(?<=\\b(?:born(?:\\s{1,3}on)?|birthday(?:\\s{1,3}is)?|date of birth|dob|nac[ií](?:do|da)?(?:\\s{1,3}el)?|cumpleaños(?:\\s{1,3}es)?(?:\\s{1,3}el)?)\\s{0,3}[:,]?\\s{0,3})(?:\\d{1,4}[-/.]\\d{1,2}[-/.]\\d{1,4}|${MONTH}\\.?\\s+\\d{1,2}(?:st|nd|rd|th)?(?:,?\\s+\\d{4})?|\\d{1,2}(?:\\s+de)?\\s+${MONTH}(?:(?:\\s+de)?,?\\s+\\d{4})?)`,
			'dgiu',
		),
	},
	{ kind: 'id', pattern: /(?<![\p{L}\p{N}-])\d{3}-\d{2}-\d{4}(?![\p{L}\p{N}-])/dgu },
	{
		kind: 'phone',
		pattern:
			/(?<![\p{L}\p{N}])(?:\+?1[-. ]?)?(?:\(\d{3}\) ?|\d{3}[-. ])\d{3}[-. ]\d{4}(?!\p{N})|(?<![\p{L}\p{N}-])\d{3}[-.]\d{4}(?![\p{N}-])|(?<![\p{L}\p{N}])(?:\+?1)?[2-9]\d{2}[2-9]\d{6}(?!\p{N})/dgu,
	},
	{
		kind: 'id',
		pattern:
			/(?<=\b(?:id|student id|student number|lunch (?:number|pin)|case(?: number)?|número de estudiante|matrícula)\b\s{0,3}(?:is|es|no\.?|number|#|:)?\s{0,3}[#:]?\s{0,3})(?=[\p{L}-]{0,4}\d)[\p{L}\d-]{4,16}(?![\p{L}\p{N}])/dgiu,
	},
	{ kind: 'id', pattern: /(?<![\p{L}\p{N}.,:$-])\d{6,12}(?![\p{L}\p{N}])/dgu },
	{
		kind: 'address',
		pattern: new RegExp(
			`(?<![\\p{L}\\p{N}])\\d{1,6} (?:${HEADING} )?(?:(?:\\p{Lu}[\\p{L}'.-]{0,20}|\\d{1,3}(?:st|nd|rd|th)) ){1,3}${capitalisable(STREETS + '|' + PLACES)}${UNIT}`,
			'dgu',
		),
	},
	{
		kind: 'address',
		pattern: new RegExp(
			`(?<![\\p{L}\\p{N}])\\d{1,6} (?:${HEADING} )?(?:\\p{L}{3,20}|\\d{1,3}(?:st|nd|rd|th)) (?:${STREETS})${UNIT}`,
			'dgiu',
		),
	},
	{
		kind: 'zip',
		pattern: new RegExp(
			`(?<=\\b${STATE},? |\\b[Zz][Ii][Pp](?: [Cc]ode)?(?: is)?:? )\\d{5}(?:-\\d{4})?(?!\\p{N})|(?<![\\p{L}\\p{N}-])\\d{5}-\\d{4}(?![\\p{N}-])`,
			'dgu',
		),
	},
	{
		kind: 'room',
		pattern:
			/(?<![\p{L}\p{N}])(?:room|rm|classroom|salón|aula|cuarto) ?(?:number|número|no|num)?\.? ?#?(?:\p{L}-?)?\d{1,4}\p{L}?(?![\p{L}\p{N}])/dgiu,
	},
	{
		kind: 'handle',
		pattern: /(?<![\p{L}\p{N}._@])@[\p{L}\p{N}_](?:[\p{L}\p{N}_.]{0,28}[\p{L}\p{N}_])?/dgu,
	},
	{
		kind: 'handle',
		pattern:
			/(?<=\b(?:snap|snapchat|insta|instagram|ig|tiktok|discord)(?: is| es|:) ?)(?=[\p{L}.]*[\d_])[\p{L}\p{N}_.]{3,30}/dgiu,
	},
];

/** Everything in a text that has the shape of a contact, a number or a place of a person. */
export function findShapes(text: string): Found[] {
	return RULES.flatMap(({ kind, pattern }) =>
		Array.from(text.matchAll(pattern), (match) => ({
			kind,
			start: match.index,
			end: match.index + match[0].length,
		})),
	);
}

/** A pattern for any of some words, each in lower case or with a capital. */
function capitalisable(words: string): string {
	const either = words.replace(
		/(?<=^|\|)\p{Ll}/gu,
		(letter) => `[${letter.toUpperCase()}${letter}]`,
	);
	return `(?:${either})`;
}
