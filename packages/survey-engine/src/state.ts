import type { SurveyDefinition } from './definition.ts';
import { ExpressionError } from './expression/ast.ts';
import type { Scope } from './expression/compile.ts';
import { answerText, scopeOf, type Answer, type Answers } from './expression/evaluate.ts';
import { toBoolean } from './expression/value.ts';
import type { SurveyQuestion } from './survey.ts';

/** What is known about the person, besides answers. Nothing here identifies anyone. */
export interface SurveyContext {
	/** School grade from the access code's cohort. Not known: profiles apply, see `Profile`. */
	readonly grade?: number | string | undefined;
	/** For expressions that use today() or now(). */
	readonly now?: Date | undefined;
	/** IANA zone for dates in expressions; 'UTC' when not given. */
	readonly tz?: string | undefined;
}

export interface SurveyState {
	/** Ids of the questions to show, in order. */
	readonly visible: readonly string[];
	/** The answers of visible questions: what counts as the result. */
	readonly answers: Answers;
	readonly progress: { readonly answered: number; readonly total: number };
}

/**
 * Walks the questions in order, which is a topological order because relevance looks only back.
 * A question that is not shown counts as unanswered for those after it.
 *
 * When an expression cannot be evaluated, its question is shown: asking too much loses nothing.
 */
export function computeState(
	definition: SurveyDefinition,
	questions: readonly SurveyQuestion[],
	{ answers, context }: { answers: Answers; context: SurveyContext },
): SurveyState {
	const dropped = droppedQuestions(definition, context);
	const visible: string[] = [];
	const onPath: [string, Answer][] = [];
	const texts = new Map<string, string>();
	const scope = scopeOf((name) => texts.get(name) ?? '', context);
	for (const question of questions) {
		if (dropped.has(question.id) || !isRelevant(question, scope)) {
			continue;
		}
		visible.push(question.id);
		const answer = Object.hasOwn(answers, question.id) ? answers[question.id] : undefined;
		if (answer !== undefined && !isBlank(answer)) {
			onPath.push([question.id, answer]);
			texts.set(question.id, answerText(answer));
		}
	}
	const progress = { answered: onPath.length, total: visible.length };
	return { visible, answers: Object.fromEntries(onPath), progress };
}

/** A question on the longest way: asked for certain, or as answers to come may lead to it. */
export interface Stop {
	readonly id: string;
	readonly isCertain: boolean;
}

/**
 * The longest way that is still possible for a person who stands at a question: what was shown
 * before it, itself, and every later question that some answers to it and to those after it could
 * lead to. Answers already given to it and to later ones are not looked at, so the way depends on
 * what lies behind alone, and only gets shorter as one goes on.
 */
export function computeWay(
	definition: SurveyDefinition,
	questions: readonly SurveyQuestion[],
	{ answers, from, context }: { answers: Answers; from: string; context: SurveyContext },
): Stop[] {
	const dropped = droppedQuestions(definition, context);
	const open = new Set<string>();
	const texts = new Map<string, string>();
	const scope = scopeOf((name) => texts.get(name) ?? '', context);
	const way: Stop[] = [];
	for (const question of questions) {
		const { id, looksAt } = question;
		const isOpen = looksAt.some((name) => open.has(name));
		if (dropped.has(id) || !(isOpen || id === from || isRelevant(question, scope))) {
			continue;
		}
		way.push({ id, isCertain: !isOpen });
		const answer = Object.hasOwn(answers, id) ? answers[id] : undefined;
		if (id === from || open.size > 0) {
			open.add(id);
		} else if (answer !== undefined && !isBlank(answer)) {
			texts.set(id, answerText(answer));
		}
	}
	return way;
}

/**
 * Where a question stands among those shown, counted from 1; null when it is not shown.
 *
 * @example positionOf({ visible: ['S01', 'S03'] }, 'S03') // { position: 2, total: 2 }
 */
export function positionOf(
	state: Pick<SurveyState, 'visible'>,
	questionId: string,
): { position: number; total: number } | null {
	const index = state.visible.indexOf(questionId);
	return index === -1 ? null : { position: index + 1, total: state.visible.length };
}

/** The questions that a person of this grade is never asked. */
function droppedQuestions(definition: SurveyDefinition, context: SurveyContext): Set<string> {
	const grade = readGrade(context.grade);
	const dropped = new Set<string>();
	for (const profile of definition.profiles ?? []) {
		const applies =
			grade === null ? profile.appliesWhenGradeUnknown !== false : profile.grades.includes(grade);
		for (const id of applies ? profile.dropQuestions : []) {
			dropped.add(id);
		}
	}
	for (const { id, minGrade } of definition.questions) {
		if (minGrade !== undefined && (grade === null || grade < minGrade)) {
			dropped.add(id);
		}
	}
	return dropped;
}

function readGrade(grade: number | string | undefined): number | null {
	const number = typeof grade === 'string' && grade.trim() !== '' ? Number(grade) : grade;
	return typeof number === 'number' && Number.isInteger(number) ? number : null;
}

function isRelevant({ relevance }: SurveyQuestion, scope: Scope): boolean {
	if (relevance === null) {
		return true;
	}
	try {
		return toBoolean(relevance(scope));
	} catch (error) {
		if (error instanceof ExpressionError) {
			return true;
		}
		throw error;
	}
}

function isBlank(answer: Answer): boolean {
	return typeof answer === 'string' ? answer.trim() === '' : answer.length === 0;
}
