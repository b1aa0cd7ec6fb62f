import { checkDefinition } from './check/check-definition.ts';
import {
	isClosed,
	longTextLimit,
	shortTextLimit,
	type ClosedQuestion,
	type Option,
	type Question,
	type Section,
	type SurveyDefinition,
	type SurveyLanguage,
	type TextQuestion,
} from './definition.ts';
import { compileExpression, type Evaluator } from './expression/compile.ts';
import type { Answer, Answers } from './expression/evaluate.ts';
import { inspectExpression } from './expression/inspect.ts';
import { shuffleOptions } from './option-order.ts';
import type { Problem } from './problem.ts';
import { withRefusal } from './refusal.ts';
import {
	computeState,
	computeWay,
	type Stop,
	type SurveyContext,
	type SurveyState,
} from './state.ts';

/** A question with everything resolved: scale looked up, refusal added, limits filled in. */
export type SurveyQuestion = SurveyClosedQuestion | SurveyTextQuestion;

export interface SurveyClosedQuestion {
	readonly id: string;
	readonly kind: 'closed';
	readonly type: 'single' | 'multi' | 'scale';
	readonly definition: ClosedQuestion;
	readonly section: Section;
	/** In the author's order, 'Prefer not to say' last; `optionsFor` shuffles. */
	readonly options: readonly Option[];
	/** Most choices besides exclusive ones: 1 unless the question is multiple-choice. */
	readonly maxChoices: number;
	readonly relevance: Evaluator | null;
	/** The questions its relevance looks at. */
	readonly looksAt: readonly string[];
}

export interface SurveyTextQuestion {
	readonly id: string;
	readonly kind: 'text';
	readonly type: 'short_text' | 'long_text';
	readonly definition: TextQuestion;
	readonly section: Section;
	/** In code points, counted after normalisation. */
	readonly maxLength: number;
	/** Whether answers become excerpts that are coded. */
	readonly isOpenText: boolean;
	readonly relevance: Evaluator | null;
	/** The questions its relevance looks at. */
	readonly looksAt: readonly string[];
}

/** A survey ready to be asked. Everything about it is a pure function of its definition. */
export interface Survey {
	readonly definition: SurveyDefinition;
	readonly languages: readonly SurveyLanguage[];
	readonly sections: readonly Section[];
	readonly questions: readonly SurveyQuestion[];
	/** The question of an id, or undefined. */
	readonly question: (id: string) => SurveyQuestion | undefined;
	/** What is shown and what counts for these answers, recomputed from nothing. */
	readonly state: (answers: Answers, context: SurveyContext) => SurveyState;
	/** The longest way that is still possible for a person who stands at a question. */
	readonly longestWay: (
		answers: Answers,
		step: Step & { readonly from: string },
	) => readonly Stop[];
}

/** Thrown by `compileSurvey` for a definition with errors. */
export class SurveyDefinitionError extends Error {
	override readonly name = 'SurveyDefinitionError';
	readonly problems: readonly Problem[];

	constructor(problems: readonly Problem[]) {
		const first = problems[0];
		super(`The survey definition has ${problems.length} errors; ${first?.path}: ${first?.message}`);
		this.problems = problems;
	}
}

/**
 * Compiles a definition once, to be asked many times.
 *
 * @throws SurveyDefinitionError when `checkDefinition` finds an error
 */
export function compileSurvey(definition: SurveyDefinition): Survey {
	const errors = checkDefinition(definition).filter(({ severity }) => severity === 'error');
	if (errors.length > 0) {
		throw new SurveyDefinitionError(errors);
	}
	const sections = new Map(definition.sections.map((section) => [section.id, section]));
	const questions = definition.questions.map((question) => {
		const section = sections.get(question.section);
		if (section === undefined) {
			throw new Error(`checkDefinition let the unknown section '${question.section}' pass.`);
		}
		return compileQuestion(definition, question, { section });
	});
	const byId = new Map(questions.map((question) => [question.id, question]));
	return {
		definition,
		languages: definition.languages,
		sections: definition.sections,
		questions,
		question: (id) => byId.get(id),
		state: (answers, context) => computeState(definition, questions, { answers, context }),
		longestWay: (answers, step) => computeWay(definition, questions, { answers, ...step }),
	};
}

/**
 * The options of a closed question in the order that one person sees them: shuffled by the seed
 * where the author asked for it, exclusive options and those marked so at the end.
 */
export function optionsFor(question: SurveyClosedQuestion, seed: string): readonly Option[] {
	return question.definition.randomizeOptions === true
		? shuffleOptions(question.options, seed, { questionId: question.id })
		: question.options;
}

/** Where to go: from a question (null for the start), with whom. */
export interface Step {
	readonly from: string | null;
	readonly context: SurveyContext;
}

/**
 * The id of the question to show after another; null when that was the last. A question that is
 * no longer shown still has its place, so that one can always go on from it.
 */
export function nextQuestion(
	survey: Survey,
	answers: Answers,
	{ from, context }: Step,
): string | null {
	const start = from === null ? -1 : survey.questions.findIndex(({ id }) => id === from);
	const visible = new Set(survey.state(answers, context).visible);
	return survey.questions.slice(start + 1).find(({ id }) => visible.has(id))?.id ?? null;
}

/** The id of the question to show before another (null for the end); null when it was the first. */
export function previousQuestion(
	survey: Survey,
	answers: Answers,
	{ from, context }: Step,
): string | null {
	const found = survey.questions.findIndex(({ id }) => id === from);
	const end = found === -1 ? survey.questions.length : found;
	const visible = new Set(survey.state(answers, context).visible);
	return survey.questions.slice(0, end).findLast(({ id }) => visible.has(id))?.id ?? null;
}

/** The answers that count: of questions that were shown. What else was answered is left out. */
export function resultAnswers(survey: Survey, answers: Answers, context: SurveyContext): Answers {
	return survey.state(answers, context).answers;
}

/** The answers with one set, or removed when it is null. The others stay, shown or not. */
export function withAnswer(
	answers: Answers,
	questionId: string,
	{ answer }: { answer: Answer | null },
): Answers {
	const others = Object.entries(answers).filter(([id]) => id !== questionId);
	return Object.fromEntries(answer === null ? others : [...others, [questionId, answer]]);
}

function compileQuestion(
	definition: SurveyDefinition,
	question: Question,
	{ section }: { section: Section },
): SurveyQuestion {
	const { relevance: source } = question;
	const relevance = source === undefined ? null : compileExpression(source);
	const looksAt =
		source === undefined ? [] : inspectExpression(source).names.map(({ name }) => name);
	if (!isClosed(question)) {
		const limit = question.type === 'long_text' ? longTextLimit : shortTextLimit;
		return {
			id: question.id,
			kind: 'text',
			type: question.type,
			definition: question,
			section,
			maxLength: question.maxLength ?? limit,
			isOpenText: question.isOpenText ?? question.type === 'long_text',
			relevance,
			looksAt,
		};
	}
	const scale = question.type === 'scale' ? definition.scales?.[question.scale] : question;
	const options = withRefusal(definition, question, { options: scale?.options ?? [] });
	return {
		id: question.id,
		kind: 'closed',
		type: question.type,
		definition: question,
		section,
		options,
		maxChoices: question.type === 'multi' ? (question.maxChoices ?? options.length) : 1,
		relevance,
		looksAt,
	};
}
