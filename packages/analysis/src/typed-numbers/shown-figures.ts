import type { NumberSpan } from './read-numbers.ts';
import type { Token } from './tokens.ts';

/** What the charts behind a sentence show. */
export interface ShownFigures {
	/** Shares in their words, with the bounds those state. */
	shares: readonly { text: string; low: number; high: number }[];
	/** Numbers of people: `1340`, or a band such as `100-299`. */
	people: readonly string[];
}

/** How far 'a third' may be from the figure it stands for, in percentage points. */
const ROUGH = 5;
/** How far 'more than half' may reach. */
const REACH = 15;

/** Whether a number equals a figure that is shown, or says the same in rougher words. */
export function isBacked(
	{ tokens, span, type }: { tokens: readonly Token[]; span: NumberSpan; type: string },
	shown: ShownFigures,
): boolean {
	if (type !== 'share') {
		return type === 'people' && isShownPeople(tokens, span, shown);
	}
	if (span.shown !== null) {
		return shown.shares.some(({ text }) => text === span.shown);
	}
	const share = span.value;
	return share !== null && !span.isInDigits && isNear(tokens, { ...span, share }, shown);
}

function isShownPeople(tokens: readonly Token[], span: NumberSpan, shown: ShownFigures): boolean {
	const high = tokens[span.end + 1]?.value ?? null;
	const isRange = high !== null && /^(?:[-–]|to)$/u.test(tokens[span.end]?.lower ?? '');
	return shown.people.includes(isRange ? `${span.value}-${high}` : String(span.value));
}

function isNear(
	tokens: readonly Token[],
	{ start, share }: { start: number; share: number },
	shown: ShownFigures,
): boolean {
	const before = tokens.slice(Math.max(0, start - 2), start).map(({ lower }) => lower);
	const says = (words: readonly string[]) => before.some((word) => words.includes(word));
	return shown.shares.some(({ low, high }) => {
		if (says(['less', 'under', 'fewer', 'below'])) {
			return high <= share && high >= share - REACH;
		}
		if (says(['more', 'over', 'above', 'least', 'más'])) {
			return low >= share && low <= share + REACH;
		}
		return Math.abs((low + high) / 2 - share) <= ROUGH;
	});
}
