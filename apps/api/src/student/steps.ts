import type { Survey, SurveyQuestion } from '@throughline/survey-engine';
import type { Draft } from '../ballot/draft.ts';

/** Where a student is: what was answered so far, and the grade their code was made for. */
export interface Place {
	survey: Survey;
	draft: Draft;
	grade: string | null;
	now: Date;
	timezone: string;
}

/** The questions this student is asked as things stand, in order. */
export function askedQuestions(place: Place): SurveyQuestion[] {
	const { survey, draft, grade } = place;
	const visible = new Set(survey.state(draft.values, contextOf(place)).visible);
	return survey.questions.filter(
		(question) => visible.has(question.id) && !isKnown(question, grade),
	);
}

/** The code already says the grade; nobody is asked twice. */
function isKnown(question: SurveyQuestion | undefined, grade: string | null): boolean {
	return grade !== null && question?.definition.field === 'grade';
}

/**
 * Where a student is on the longest way their answers so far leave: the total never grows as they
 * go on. It may shrink while `isExact` is false.
 */
export function progressAt(
	place: Place,
	questionId: string,
): { number: number; total: number; isExact: boolean } {
	const { survey, draft, grade } = place;
	const step = { from: questionId, context: contextOf(place) };
	const way = survey
		.longestWay(draft.values, step)
		.filter(({ id }) => !isKnown(survey.question(id), grade));
	return {
		number: way.findIndex(({ id }) => id === questionId) + 1,
		total: way.length,
		isExact: way.every(({ isCertain }) => isCertain),
	};
}

/** What the survey engine knows of the student besides answers. */
export function contextOf(place: Pick<Place, 'grade' | 'now' | 'timezone'>) {
	return { grade: place.grade ?? undefined, now: place.now, tz: place.timezone };
}

/**
 * Every step of this student's way: the notice, a page before each sensitive section, the
 * questions one by one, the check page.
 */
export function listSteps(place: Place): string[] {
	const announced = new Set<string>();
	const pages = askedQuestions(place).flatMap(({ id, section }) => {
		if (section.isSensitive !== true || announced.has(section.id)) {
			return [questionStep(id)];
		}
		announced.add(section.id);
		return [sectionStep(section.id), questionStep(id)];
	});
	return ['notice', ...pages, 'check'];
}

/** Pages beside the questions, and the ends of the pages' addresses (apps/web, routes `/s/…`). */
const OTHER_PAGES = new Set(['notice', 'check', 'done', 'leave']);

/** The step of a question: its id, unless another page has that name. No id has a hyphen. */
export function questionStep(questionId: string): string {
	return OTHER_PAGES.has(questionId) ? `question-${questionId}` : questionId;
}

/** The question a step asks, if it is the step of one. */
export function questionOf(survey: Survey, step: string): SurveyQuestion | undefined {
	const id = step.replace(/^question-/, '');
	return questionStep(id) === step ? survey.question(id) : undefined;
}

function sectionStep(sectionId: string): string {
	return `section-${sectionId}`;
}

/** Whether the survey has such a page at all, on this student's way or not. */
export function isStepOf(survey: Survey, step: string): boolean {
	return (
		step === 'notice' ||
		step === 'check' ||
		questionOf(survey, step) !== undefined ||
		survey.sections.some((section) => sectionStep(section.id) === step)
	);
}

/**
 * Whether a student may be on a step: it is on their way, and nothing is asked before the notice
 * was read.
 */
export function isOpenStep(place: Place, step: string): boolean {
	return (step === 'notice' || place.draft.hasReadNotice) && listSteps(place).includes(step);
}

/** The step after one that is on the way. */
export function stepAfter(place: Place, step: string): string {
	const steps = listSteps(place);
	return steps[steps.indexOf(step) + 1] ?? 'check';
}

/** The step before one, for the Back link; null before the notice. */
export function stepBefore(place: Place, step: string): string | null {
	const steps = listSteps(place);
	const index = steps.indexOf(step);
	return steps[index - 1] ?? null;
}

/** Where to go on after coming back with the code: the first step not yet passed. */
export function resumeStep(place: Place): string {
	const { draft } = place;
	if (!draft.hasReadNotice) {
		return 'notice';
	}
	const steps = listSteps(place);
	return steps[steps.findLastIndex((step) => isPassed(place, step)) + 1] ?? 'check';
}

/** The first step of the section after this one. */
export function stepAfterSection(place: Place, sectionId: string): string {
	const last = askedQuestions(place).findLast((question) => question.section.id === sectionId);
	return last ? stepAfter(place, questionStep(last.id)) : 'check';
}

function isPassed({ survey, draft }: Place, step: string): boolean {
	if (step === 'notice') {
		return draft.hasReadNotice;
	}
	const question = questionOf(survey, step);
	if (question) {
		return isAnsweredOrLeft(draft, question.id);
	}
	return draft.seenSections.some((section) => sectionStep(section) === step);
}

/** Whether a question has an answer, or was left without one knowingly. */
export function isAnsweredOrLeft(draft: Draft, questionId: string): boolean {
	return Object.hasOwn(draft.values, questionId) || draft.askedAgain.includes(questionId);
}
