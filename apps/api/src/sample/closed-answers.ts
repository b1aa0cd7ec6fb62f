import { refusalCode, type SurveyClosedQuestion } from '@throughline/survey-engine';
import {
	multiPatterns,
	type OptionPattern,
	scalePatterns,
	singlePatterns,
	sitePatterns,
} from './patterns.ts';
import type { Random } from './random.ts';
import type { Respondent } from './respondent.ts';

type Answer = string | string[];

/** Answers so far, by question id; a skipped question has no key. */
export type AnswersSoFar = Readonly<Record<string, Answer>>;

/**
 * What this student answers to a closed question that is shown to them; undefined when they
 * leave it out. Only codes of the question are given.
 */
export function answerClosed(
	random: Random,
	person: Respondent,
	{ question, soFar }: { question: SurveyClosedQuestion; soFar: AnswersSoFar },
): Answer | undefined {
	if (random.chance(skipChance(question.id) * person.skipping)) {
		return undefined;
	}
	const codes = new Set(question.options.map(({ code }) => code));
	const chosen =
		codes.has(refusalCode) && random.chance(refusalChance(question.id))
			? [refusalCode]
			: choose(random, person, { question, soFar });
	const known = chosen.filter((code) => codes.has(code));
	if (known.length === 0) {
		return undefined;
	}
	return question.type === 'multi' ? known : known[0];
}

/** Items further on are left out more often, and those about the person most. */
function skipChance(questionId: string): number {
	if (questionId.startsWith('D')) {
		return 0.078;
	}
	return 0.03 + Number(questionId.slice(1)) * 0.003;
}

function refusalChance(questionId: string): number {
	return questionId.startsWith('D') ? 0.022 : 0.014;
}

function choose(
	random: Random,
	person: Respondent,
	{ question, soFar }: { question: SurveyClosedQuestion; soFar: AnswersSoFar },
): string[] {
	const single = singlePatterns[question.id];
	if (question.type === 'scale') {
		return chooseOnScale(random, person, { question, soFar });
	}
	if (single !== undefined) {
		return [...draw(random, person, { options: single, count: 1 })];
	}
	if (question.type === 'multi' && question.id !== 'D03') {
		return chooseSeveral(random, person, question.id);
	}
	return chooseOwn(random, person, question.id);
}

function chooseOnScale(
	random: Random,
	person: Respondent,
	{ question, soFar }: { question: SurveyClosedQuestion; soFar: AnswersSoFar },
): string[] {
	const pattern = scalePatterns[question.id];
	const steps = question.options.filter(({ value }) => typeof value === 'number');
	const unsure = question.options.find(({ value, code }) => value === null && code !== refusalCode);
	if (pattern === undefined || steps.length === 0) {
		return [];
	}
	if (unsure !== undefined && random.chance(pattern.notSure)) {
		return [unsure.code];
	}
	const closeness = soFar['S05'] === 'name' && question.id === 'S11' ? 0.4 : 0;
	const position =
		pattern.mean +
		closeness +
		pattern.trust * person.trust +
		pattern.climate * person.climate +
		random.bell() * 0.75;
	const index = Math.min(steps.length, Math.max(1, Math.round(position))) - 1;
	return steps.slice(index, index + 1).map(({ code }) => code);
}

function chooseSeveral(random: Random, person: Respondent, questionId: string): string[] {
	const pattern = multiPatterns[questionId];
	if (pattern === undefined) {
		return [];
	}
	const nowhere = 0.3 + person.climate * 0.13;
	if (questionId === 'S02' && random.chance(nowhere)) {
		return ['none'];
	}
	const [least, most] = pattern.choices;
	const count = least + Math.floor(random.next() * (most - least + 1));
	return [...draw(random, person, { options: pattern.options, count })];
}

/** Distinct options by weight, moved by trust. */
function draw(
	random: Random,
	{ trust }: Respondent,
	{ options, count }: { options: OptionPattern; count: number },
): Set<string> {
	const chosen = new Set<string>();
	while (chosen.size < count) {
		const left = Object.keys(options).filter((code) => !chosen.has(code));
		const code = random.weighted(left, (each) => {
			const option = options[each];
			const factor = 1 + (option?.trust ?? 0) * trust;
			return (option?.weight ?? 0) * Math.min(3, Math.max(0.12, factor));
		});
		if (code === undefined) {
			return chosen;
		}
		chosen.add(code);
	}
	return chosen;
}

/** Questions whose answer follows from who the student is and where they go to school. */
function chooseOwn(random: Random, person: Respondent, questionId: string): string[] {
	switch (questionId) {
		case 'S05':
			return [chooseFamiliarity(random, person)];
		case 'S06':
			return [chooseFrequency(random, person)];
		case 'D02':
			return [person.grade];
		case 'D03':
			return random.chance(0.008) ? ['self'] : [...person.races];
		case 'D04':
			return [random.chance(0.008) ? 'self' : person.gender];
		case 'D05':
			return [choosePlan(random, person)];
		default:
			return [];
	}
}

function choosePlan(random: Random, { hasPlan }: Respondent): string {
	if (random.chance(0.07)) {
		return 'ns';
	}
	return hasPlan ? 'yes' : 'no';
}

function chooseFamiliarity(random: Random, person: Respondent): string {
	const known = sitePatterns[person.site.key]?.known ?? { name: 30, seen: 60, unsure: 10 };
	if (!person.site.hasSro) {
		return random.chance(known.unsure / 100) ? 'unsure' : 'none';
	}
	const weights: Record<string, number> = {
		...known,
		name: known.name * (1 + person.contact),
		none: 1,
	};
	return random.weighted(Object.keys(weights), (code) => weights[code] ?? 0) ?? 'seen';
}

function chooseFrequency(random: Random, { contact }: Respondent): string {
	const position = random.next() + contact * 0.7;
	if (position < 0.52) {
		return 'never';
	}
	if (position < 0.86) {
		return 'few';
	}
	return position < 0.98 ? 'monthly' : 'weekly';
}
