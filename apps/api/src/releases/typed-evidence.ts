import type { Chart } from '@throughline/analysis/charts';
import {
	type JudgedField,
	judgeNumbers,
	QUOTED,
	type ShownFigures,
	type UnbackedNumber,
} from '@throughline/analysis/typed-numbers';

/** What a sentence may lean on. */
export interface Evidence {
	charts: readonly Chart[];
	/** The words of its quotes. */
	quotes: readonly string[];
}

/** A number of which nobody but a person can say whether it counts students. */
export interface TypedDoubt {
	words: string;
	message: string;
}

/**
 * The evidence rule for sentences a person wrote: a count of students or a share must stand in a
 * chart they rest on, and words a finding quotes must be those of a quote or of the survey. Pure.
 * @returns what is wrong and how to put it right, one message each.
 */
export function typedProblems(
	sentence: string,
	evidence: Evidence,
	field: JudgedField = 'finding',
): string[] {
	const wrongNumbers = judged(sentence, evidence, field)
		.filter(({ verdict }) => verdict === 'refused')
		.map(({ words, type }) =>
			type === 'share'
				? `It states ${words}, and no chart it rests on shows that. Link the chart that shows it, or write it without the number.`
				: `It counts “${words}”, and no chart it rests on shows that number. Link the chart that shows it, or write it without the number.`,
		);
	return field === 'finding'
		? [...wrongNumbers, ...quoteProblems(sentence, evidence)]
		: wrongNumbers;
}

/** The numbers that may count students and may not: each approver of a release decides. */
export function typedDoubts(
	sentence: string,
	evidence: Evidence,
	field: JudgedField = 'finding',
): TypedDoubt[] {
	return judged(sentence, evidence, field)
		.filter(({ verdict }) => verdict === 'doubtful')
		.map(({ words }) => ({
			words,
			message: `It says “${words}”, and no chart it rests on shows that. If it tells how many students there are or what they said, write it without the number. If it gives nobody away, each of the two who approve has to confirm that by name.`,
		}));
}

function judged(sentence: string, { charts }: Evidence, field: JudgedField): UnbackedNumber[] {
	const shown: ShownFigures = {
		shares: charts.flatMap((chart) => sharesOf(chart)),
		people: charts.flatMap((chart) => peopleOf(chart)),
	};
	return judgeNumbers(sentence, { field, shown });
}

function quoteProblems(sentence: string, evidence: Evidence): string[] {
	const sources = [...evidence.quotes, ...evidence.charts.flatMap(wordsOf)].map(plain);
	return [...sentence.matchAll(QUOTED)]
		.map(([, words = '']) => words)
		.filter((words) => !sources.some((source) => source.includes(plain(words))))
		.map(
			(words) =>
				`It quotes “${words}”, and none of its quotes says that. Link the quote, or leave the words out.`,
		);
}

/** The sentence with every quoted passage that is one of these texts, or part of one, replaced. */
export function withoutWords(sentence: string, texts: readonly string[], gone: string): string {
	const sources = texts.map(plain);
	return sentence.replaceAll(QUOTED, (passage, words: string) =>
		sources.some((source) => source.includes(plain(words))) ? gone : passage,
	);
}

function sharesOf(value: unknown): ShownFigures['shares'] {
	if (typeof value !== 'object' || value === null) {
		return [];
	}
	const { text, low, high } = value as Record<string, unknown>; // read below, whatever it is
	const isFigure = typeof text === 'string' && typeof low === 'number' && typeof high === 'number';
	return [...(isFigure ? [{ text, low, high }] : []), ...Object.values(value).flatMap(sharesOf)];
}

/** Numbers of people as they are shown, exact or as a band. */
function peopleOf(value: unknown): string[] {
	if (typeof value !== 'object' || value === null) {
		return [];
	}
	const { n, band } = value as Record<string, unknown>; // read below, whatever it is
	const own = [typeof n === 'number' ? String(n) : band].filter((text) => typeof text === 'string');
	return [...own, ...Object.values(value).flatMap(peopleOf)];
}

function wordsOf(chart: Chart): string[] {
	const rows = chart.kind === 'participation' ? [] : chart.rows.map((row) => row.label);
	return [chart.measure, ...rows];
}

function plain(words: string): string {
	return words
		.toLowerCase()
		.replace(/[.,;:!?…]+$/u, '')
		.replace(/[’‘]/gu, "'")
		.replace(/\s+/gu, ' ')
		.trim();
}
