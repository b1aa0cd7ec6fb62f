import { type Language, languages } from '#lib/i18n/languages.ts';
import { text } from '#lib/i18n/text.ts';

const OPERATOR = /(>=|≥|<=|≤|>|<)\s*(\d[\d.,]*\s?%?)/gu;
const keys = {
	'>=': 'goal.atLeast',
	'≥': 'goal.atLeast',
	'<=': 'goal.atMost',
	'≤': 'goal.atMost',
	'>': 'goal.moreThan',
	'<': 'goal.lessThan',
} as const;

/**
 * A goal with its operators in words: '>= 80%' is 'at least 80%'. A goal of figures alone reads in
 * the language of the page; one with words of its own stays in the language it was written in.
 */
export function goalWords(
	goal: string,
	{ language, writtenIn }: { language: Language; writtenIn: string },
): { text: string; language: Language } {
	const written = languages.find((known) => known === writtenIn) ?? language;
	const own = /\p{L}/u.test(goal) ? written : language;
	const t = text('public', own);
	return {
		text: goal.replace(OPERATOR, (_, operator: keyof typeof keys, value: string) =>
			t(keys[operator], { value }),
		),
		language: own,
	};
}
