import type { Answer, Answers } from './expression/evaluate.ts';
import { codePointLength, normalizeText } from './normalize-text.ts';
import type { SurveyContext } from './state.ts';
import type { Survey, SurveyClosedQuestion, SurveyQuestion, SurveyTextQuestion } from './survey.ts';

/**
 * Why an answer is refused; the words are the catalogue's. `params` fills them:
 * `not_text` {} · `too_long` { max, length } · `unknown_option` { value } ·
 * `exclusive_conflict` { code } · `too_many_choices` { max, count } · `unknown_question` {}.
 */
export type AnswerProblemCode =
	| 'not_text'
	| 'too_long'
	| 'unknown_option'
	| 'exclusive_conflict'
	| 'too_many_choices'
	| 'unknown_question';

export interface AnswerProblem {
	readonly code: AnswerProblemCode;
	readonly params: Readonly<Record<string, string | number>>;
}

export type AnswerResult =
	/** `answer` is null when nothing was answered, which is always allowed. */
	{ readonly ok: true; readonly answer: Answer | null } | ({ readonly ok: false } & AnswerProblem);

/**
 * Validates what was sent for one question: text, a list of texts (several checkboxes), or
 * nothing. Everything is checked against the question; nothing is trusted.
 */
export function validateAnswer(question: SurveyQuestion, raw: unknown): AnswerResult {
	const values = readValues(raw);
	if (values === null) {
		return failed('not_text', {});
	}
	return question.kind === 'closed'
		? validateChoices(question, values)
		: validateText(question, values);
}

/** The value of a question in a posted form, whose fields are named by question id. */
export function formValue(
	question: SurveyQuestion,
	form: Readonly<Record<string, unknown>>,
): unknown {
	return Object.hasOwn(form, question.id) ? form[question.id] : undefined;
}

export interface ResponseProblem extends AnswerProblem {
	readonly questionId: string;
}

export interface ValidatedResponse {
	/** Whether there is no problem. */
	readonly ok: boolean;
	/** Valid answers of questions that were shown: what is to be stored. */
	readonly answers: Answers;
	readonly problems: readonly ResponseProblem[];
	/** Questions with a valid answer that was left out because they were not shown. */
	readonly offPath: readonly string[];
}

/**
 * Validates a whole response, for the final submit and for import. Answers of questions that the
 * path does not show are dropped, not refused.
 */
export function validateResponse(
	survey: Survey,
	values: unknown,
	{ context }: { context: SurveyContext },
): ValidatedResponse {
	if (typeof values !== 'object' || values === null || Array.isArray(values)) {
		const problem: ResponseProblem = { questionId: '', code: 'not_text', params: {} };
		return { ok: false, answers: {}, problems: [problem], offPath: [] };
	}
	const problems: ResponseProblem[] = [];
	const valid: Record<string, Answer> = {};
	for (const [questionId, raw] of Object.entries(values)) {
		const question = survey.question(questionId);
		const result =
			question === undefined ? failed('unknown_question', {}) : validateAnswer(question, raw);
		if (!result.ok) {
			problems.push({ questionId, code: result.code, params: result.params });
		} else if (result.answer !== null) {
			valid[questionId] = result.answer;
		}
	}
	const { answers } = survey.state(valid, context);
	const offPath = Object.keys(valid).filter((id) => !Object.hasOwn(answers, id));
	return { ok: problems.length === 0, answers, problems, offPath };
}

function validateChoices(question: SurveyClosedQuestion, values: readonly string[]): AnswerResult {
	const chosen = new Set(values.filter((value) => value !== ''));
	const options = question.options.filter(({ code }) => chosen.has(code));
	if (options.length < chosen.size) {
		const known = new Set(question.options.map(({ code }) => code));
		const unknown = [...chosen].find((value) => !known.has(value)) ?? '';
		return failed('unknown_option', { value: shorten(unknown) });
	}
	const exclusive = options.find(({ isExclusive }) => isExclusive === true);
	if (question.type === 'multi' && exclusive !== undefined && options.length > 1) {
		return failed('exclusive_conflict', { code: exclusive.code });
	}
	if (options.length > question.maxChoices) {
		return failed('too_many_choices', { max: question.maxChoices, count: options.length });
	}
	const codes = options.map(({ code }) => code);
	const answer = question.type === 'multi' ? codes : codes[0];
	return { ok: true, answer: codes.length === 0 || answer === undefined ? null : answer };
}

function validateText(question: SurveyTextQuestion, values: readonly string[]): AnswerResult {
	if (values.length > 1) {
		return failed('not_text', {});
	}
	const lines = normalizeText(values[0] ?? '');
	const text = question.type === 'short_text' ? lines.replace(/\s*\n\s*/g, ' ') : lines;
	const length = codePointLength(text);
	if (length > question.maxLength) {
		return failed('too_long', { max: question.maxLength, length });
	}
	return { ok: true, answer: text === '' ? null : text };
}

/** One text or a list of texts as a list; null when it is neither. */
function readValues(raw: unknown): readonly string[] | null {
	if (raw === undefined || raw === null) {
		return [];
	}
	if (typeof raw === 'string') {
		return [raw];
	}
	const isList = Array.isArray(raw) && raw.every((item) => typeof item === 'string');
	return isList ? raw : null;
}

function shorten(value: string): string {
	return Array.from(value.toWellFormed()).slice(0, 80).join('');
}

function failed(
	code: AnswerProblemCode,
	params: AnswerProblem['params'],
): { ok: false } & AnswerProblem {
	return { ok: false, code, params };
}
