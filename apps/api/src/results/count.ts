import type { StoredAnswers } from '@throughline/db/schema';
import { refusalCode, type Survey, type SurveyClosedQuestion } from '@throughline/survey-engine';
import { type AttributeId, attributeIds, type Groups } from './attributes.ts';

/** People counted: `n` gave an answer, `counts` of them per option, in the options' order. */
export interface Counts {
	n: number;
	counts: number[];
}

/** One question, or all themes together, counted over everyone and by every attribute. */
export interface Tally {
	id: string;
	options: string[];
	isMultiple: boolean;
	total: Counts;
	byAttribute: Record<AttributeId, Map<string, Counts>>;
}

/** An empty tally of these options. */
export function emptyTally(id: string, options: string[], isMultiple: boolean): Tally {
	const empty = attributeIds.map((attribute) => [attribute, new Map<string, Counts>()] as const);
	return {
		id,
		options,
		isMultiple,
		total: { n: 0, counts: options.map(() => 0) },
		// Every attribute is in the list it is made from.
		byAttribute: Object.fromEntries(empty) as Tally['byAttribute'],
	};
}

/** Adds one person who chose some of the options. */
export function addPerson(tally: Tally, chosen: ReadonlySet<string>, groups: Groups): void {
	add(tally.total, tally.options, chosen);
	for (const attribute of attributeIds) {
		const group = groups[attribute];
		if (group === null) {
			continue;
		}
		const own = tally.byAttribute[attribute];
		const counts = own.get(group) ?? { n: 0, counts: tally.options.map(() => 0) };
		own.set(group, counts);
		add(counts, tally.options, chosen);
	}
}

/** One tally per closed question, empty. 'Prefer not to say' is outside the base. */
export function questionTallies(survey: Survey): Map<string, Tally> {
	const closed = survey.questions.filter((question) => question.kind === 'closed');
	return new Map(
		closed.map((question) => [
			question.id,
			emptyTally(question.id, optionsOf(question), question.type === 'multi'),
		]),
	);
}

/** Adds one response to the tallies of the questions it answers. */
export function addResponse(
	tallies: Map<string, Tally>,
	answers: StoredAnswers,
	groups: Groups,
): void {
	for (const [questionId, value] of Object.entries(answers.values)) {
		const tally = tallies.get(questionId);
		const codes = typeof value === 'string' ? [value] : value;
		if (tally && codes.length > 0 && !codes.includes(refusalCode)) {
			addPerson(tally, new Set(codes), groups);
		}
	}
}

function optionsOf(question: SurveyClosedQuestion): string[] {
	return question.options.map((option) => option.code).filter((code) => code !== refusalCode);
}

function add(counts: Counts, options: string[], chosen: ReadonlySet<string>): void {
	counts.n += 1;
	for (const [index, option] of options.entries()) {
		if (chosen.has(option)) {
			counts.counts[index] = (counts.counts[index] ?? 0) + 1;
		}
	}
}
