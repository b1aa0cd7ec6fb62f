import { isBacked, type ShownFigures } from './shown-figures.ts';
import { numberAt, type NumberSpan } from './read-numbers.ts';
import { type Token, tokensOf, written } from './tokens.ts';
import { PAIRS } from './vocabulary.ts';
import { type Counted, countedAfter, isLabel, isYearOrDate } from './who-is-counted.ts';

export type { ShownFigures } from './shown-figures.ts';

/**
 * What a field is for. A finding tells what students said; a remark (a title, a reason, a dissent)
 * may; a proposal and a goal (a measure, a target) say what shall be.
 */
export type JudgedField = 'finding' | 'remark' | 'proposal' | 'goal';

/** A number that stands in no figure. */
export interface UnbackedNumber {
	/** As it was written, with what it counts: `3 students`. */
	words: string;
	type: 'people' | 'share' | 'number';
	/** `refused` where it tells of students, `doubtful` where a person has to decide. */
	verdict: 'refused' | 'doubtful';
}

/** Words inside quotation marks, at least three of them: fewer is a term, not a quote. */
export const QUOTED: RegExp = /["“”„«]([^"“”„«»]*\s[^"“”„«»]*\s[^"“”„«»]*)["”“»]/gu;

/**
 * The numbers of a sentence, in digits of any script or in words, that tell of people and are not
 * among the figures shown. Years, dates, grades, times, money and the like pass. Pure.
 *
 * @example judgeNumbers('3 students of Old Mill said no.', { field: 'finding', shown: { shares: [], people: [] } })
 * // [{ words: '3 students', type: 'people', verdict: 'refused' }]
 */
export function judgeNumbers(
	sentence: string,
	{ field, shown }: { field: JudgedField; shown: ShownFigures },
): UnbackedNumber[] {
	// What a finding quotes is held against stored answers.
	const own = field === 'finding' ? sentence.replace(QUOTED, '“”') : sentence;
	const tokens = tokensOf(own);
	const found: UnbackedNumber[] = [];
	for (let at = 0; at < tokens.length;) {
		const stated = nobodyAt(tokens, at, field) ?? statedAt(tokens, at, { field, shown });
		if (stated?.verdict) {
			const { words, type, verdict } = stated;
			found.push({ words, type, verdict });
		}
		at = Math.max(at + 1, stated?.end ?? 0);
	}
	return found;
}

/** Longest first: 'not one' is no 'one'. */
const NOBODY = [
	...[['not', 'a', 'single'], ['not', 'one'], ['no', 'one'], ['no'], ['none'], ['nobody']],
	...[['nadie'], ['ningún'], ['ninguna'], ['ninguno']],
];
const ALL = /^(?:all|every|each|todos|todas)$/u;
/** What may follow a verb that tells what was said. */
const SAYING = /^(?:so|no|yes|not|that|they|it|to|the|[^\p{L}\p{N}])$/u;

interface Stated {
	words: string;
	type: UnbackedNumber['type'];
	verdict: UnbackedNumber['verdict'] | null;
	end: number;
}

function statedAt(
	tokens: readonly Token[],
	at: number,
	options: { field: JudgedField; shown: ShownFigures },
): Stated | null {
	const span = numberAt(tokens, at) ?? pairAt(tokens, at);
	if (!span) {
		return null;
	}
	const range = peopleRange(tokens, span);
	const counted = PAIRS.has(tokens[at]?.lower ?? '')
		? { ...countedAfter(tokens, { ...span, end: at }), type: 'people' as const, end: at + 1 }
		: countedAfter(tokens, range ?? span);
	const type = typeOf(tokens, span, counted);
	const own = { tokens, span, counted, type };
	const isSample = type === 'people' && counted.type === 'nothing';
	const end = type === 'people' && !isSample ? counted.end : (range ?? span).end;
	const isPlain =
		isLabel(tokens, span) ||
		(type === 'number' && (counted.type === 'thing' || isYearOrDate(tokens, span)));
	const verdict = isPlain || isBacked(own, options.shown) ? null : verdictOn(own, options.field);
	const words = span.shown ?? written(tokens.slice(isSample ? at - 2 : at, end));
	return { words, type, verdict, end };
}

interface Own {
	tokens: readonly Token[];
	span: NumberSpan;
	counted: Counted;
	type: UnbackedNumber['type'];
}

function typeOf(tokens: readonly Token[], span: NumberSpan, counted: Counted): Own['type'] {
	if (span.type === 'share') {
		return 'share';
	}
	const isSampleSize =
		tokens[span.start - 2]?.lower === 'n' && /^[=:]$/u.test(tokens[span.start - 1]?.text ?? '');
	const before = tokens[span.start - 1]?.lower ?? '';
	const isNoCount = /^(?:which|no|this|that|every|each|any|the|some|another)$/u.test(before);
	const isOne = !span.isInDigits && span.value === 1;
	switch (counted.type) {
		case 'people':
		case 'pronoun':
			return 'people';
		case 'said':
			return isOne && isNoCount ? 'number' : 'people';
		case 'thing':
		case 'nothing':
			return isSampleSize ? 'people' : 'number';
	}
}

function verdictOn(own: Own, field: JudgedField): Stated['verdict'] {
	const { span, counted, type } = own;
	const tells = field === 'finding' || field === 'remark';
	if (type === 'number') {
		return tells && (span.isInDigits || counted.isOfGroup) ? 'doubtful' : null;
	}
	if (introducesQuote(own)) {
		return null;
	}
	if (field === 'finding') {
		return isSure(own) ? 'refused' : 'doubtful';
	}
	if (!tells) {
		return verdictOnProposal(own, field);
	}
	const ofPeople = type === 'people' || counted.type === 'people';
	return (counted.said !== null && span.value !== null) || (ofPeople && counted.isOfGroup)
		? 'refused'
		: 'doubtful';
}

/** A finding tells what students said, so a count is theirs; shares in words are rough. */
function isSure({ span, counted, type }: Own): boolean {
	if (span.value === null) {
		return counted.isOfGroup;
	}
	if (type === 'share') {
		return span.isInDigits || counted.isOfGroup;
	}
	return counted.type !== 'pronoun' || (counted.said !== null && span.value > 1);
}

/** What shall be may have numbers; what was said may not. */
function verdictOnProposal(own: Own, field: JudgedField): Stated['verdict'] {
	const { tokens, span, counted, type } = own;
	// 'One agreed list' counts nobody; 'two said so' does.
	const isAdjective = counted.type === 'said' && !SAYING.test(tokens[counted.end]?.lower ?? '.');
	const isOfPeople = (type === 'people' && !isAdjective) || counted.type === 'people';
	if (!isOfPeople || (field === 'goal' && type === 'share' && counted.said !== 'past')) {
		return null;
	}
	const isBound = tokens
		.slice(Math.max(0, span.start - 3), span.start + 1)
		.some(({ lower }) =>
			/^(?:least|most|up|within|by|minimum|every|each|per|[<>]=|[≤≥<>])$/u.test(lower),
		);
	if (isBound && counted.said !== 'past') {
		return null;
	}
	return counted.isOfGroup || counted.said !== null ? 'refused' : 'doubtful';
}

/** 'One student wrote: “…”' counts nobody. */
function introducesQuote({ tokens, span, counted }: Own): boolean {
	const isOne = span.type === 'count' && span.value === 1 && !counted.isOfGroup;
	const isOnly = /^(?:only|just|single)$/u.test(tokens[span.start - 1]?.lower ?? '');
	return isOne && !isOnly && tokens.slice(counted.end).some(({ text }) => /^[“"«„]$/u.test(text));
}

/** 'طالبان' is two students in one word. */
function pairAt(tokens: readonly Token[], at: number): NumberSpan | null {
	return PAIRS.has(tokens[at]?.lower ?? '')
		? { type: 'count', start: at, end: at + 1, value: 2, shown: null, isInDigits: false }
		: null;
}

/** '9–10 students': both ends count. */
function peopleRange(tokens: readonly Token[], span: NumberSpan): NumberSpan | null {
	const isRange = span.type === 'count' && /^(?:[-–]|to)$/u.test(tokens[span.end]?.lower ?? '');
	const high = isRange ? numberAt(tokens, span.end + 1) : null;
	const range = high?.type === 'count' ? { ...span, end: high.end } : null;
	return range && countedAfter(tokens, range).type === 'people' ? range : null;
}

/** 'no students of Old Mill', 'nobody at Old Mill', 'none of the girls', 'all students in grade 12'. */
function nobodyAt(tokens: readonly Token[], at: number, field: JudgedField): Stated | null {
	const words = NOBODY.find((own) => own.every((word, next) => tokens[at + next]?.lower === word));
	const isAll =
		ALL.test(tokens[at]?.lower ?? '') && !/^(?:of|de)$/u.test(tokens[at - 1]?.lower ?? '');
	if (field !== 'finding' || !(words || isAll)) {
		return null;
	}
	const start = at + (words?.length ?? 1);
	const span: NumberSpan = {
		...{ type: 'count', start: at, end: start, value: 0, shown: null, isInDigits: false },
	};
	const counted = countedAfter(tokens, span);
	const isPerson = /^(?:nobody|one|nadie)$/u.test(tokens[start - 1]?.lower ?? '');
	const isOfPeople = counted.type === 'people' || (isPerson && counted.isOfGroup);
	return isOfPeople && (words || counted.isOfGroup)
		? {
				words: written(tokens.slice(at, counted.end)),
				type: 'people',
				verdict: words && counted.isOfGroup ? 'refused' : 'doubtful',
				end: counted.end,
			}
		: null;
}
