import { validateAnswer, withAnswer } from '@throughline/survey-engine';
import type { Draft } from '../ballot/draft.ts';
import { notFound } from '../errors.ts';
import type { StepProblem } from '../routes/student/schema.ts';
import {
	askedQuestions,
	isAnsweredOrLeft,
	isOpenStep,
	isStepOf,
	type Place,
	questionOf,
	questionStep,
	resumeStep,
	stepAfter,
	stepAfterSection,
} from './steps.ts';

/** One page as it was sent. */
export interface SentPage {
	step: string;
	values: string[];
	intent: 'continue' | 'skip_section' | 'change_language';
	language: string | null;
	from: 'check' | null;
	/** The page said that it was left blank, and that Continue leaves it so. */
	isAskedAgain: boolean;
}

/** What a page changes in the draft, and where to go; or why it is to be shown again. */
export type PageOutcome =
	| { type: 'saved'; draft: Draft; next: string }
	| { type: 'refused'; draft: Draft; problem: StepProblem };

/**
 * Takes one page into the draft. Pure: the stored draft is left as it is.
 *
 * A closed question left blank asks once, and lets go when the page that asked is sent blank: the
 * same page sent twice, because an answer was lost on the way, is asked twice. An answer that cannot be used changes
 * nothing stored, so nothing is lost. Changing the language keeps what was typed. A page that is
 * not on the student's way, or comes before the notice was read, is not taken: it leads on to
 * where they are.
 *
 * @throws AppError `not_found` for a step the survey does not have.
 */
export function takePage(place: Place, page: SentPage): PageOutcome {
	if (!isStepOf(place.survey, page.step)) {
		throw notFound();
	}
	const draft = { ...place.draft, language: page.language ?? place.draft.language };
	if (!isOpenStep(place, page.step)) {
		return { type: 'saved', draft, next: resumeStep(place) };
	}
	if (page.intent === 'change_language') {
		return takeLanguage(place, page, draft);
	}
	if (page.step === 'notice') {
		return goOn(place, page, { ...draft, hasReadNotice: true });
	}
	if (page.step.startsWith('section-')) {
		return takeSection(place, page, draft);
	}
	if (page.step === 'check') {
		return { type: 'saved', draft, next: 'check' };
	}
	return takeAnswer(place, page, draft);
}

function takeLanguage(place: Place, page: SentPage, draft: Draft): PageOutcome {
	const question = questionOf(place.survey, page.step);
	const result = question && validateAnswer(question, page.values);
	if (result && !result.ok) {
		return { type: 'refused', draft, problem: { code: result.code, params: { ...result.params } } };
	}
	const values =
		question && result && result.answer !== null
			? copyAnswers(withAnswer(draft.values, question.id, { answer: result.answer }))
			: draft.values;
	return { type: 'saved', draft: { ...draft, values }, next: page.step };
}

function takeSection(place: Place, page: SentPage, draft: Draft): PageOutcome {
	const sectionId = page.step.slice('section-'.length);
	const seen = { ...draft, seenSections: added(draft.seenSections, sectionId) };
	if (page.intent !== 'skip_section') {
		return goOn(place, page, seen);
	}
	const skipped = place.survey.questions
		.filter((question) => question.section.id === sectionId)
		.map((question) => question.id);
	const next = { ...seen, askedAgain: [...new Set([...draft.askedAgain, ...skipped])] };
	return {
		type: 'saved',
		draft: next,
		next: stepAfterSection({ ...place, draft: next }, sectionId),
	};
}

function takeAnswer(place: Place, page: SentPage, draft: Draft): PageOutcome {
	const question = questionOf(place.survey, page.step);
	if (!question) {
		return { type: 'saved', draft, next: resumeStep(place) };
	}
	const result = validateAnswer(question, page.values);
	if (!result.ok) {
		return { type: 'refused', draft, problem: { code: result.code, params: { ...result.params } } };
	}
	const isFirstBlank =
		result.answer === null &&
		question.kind === 'closed' &&
		!page.isAskedAgain &&
		!draft.askedAgain.includes(question.id);
	if (isFirstBlank) {
		return { type: 'refused', draft, problem: { code: 'blank', params: {} } };
	}
	return goOn(place, page, {
		...draft,
		values: copyAnswers(withAnswer(draft.values, question.id, { answer: result.answer })),
		askedAgain: added(draft.askedAgain, question.id),
	});
}

/** On to the next step; from the check page back there, unless new questions have come up. */
function goOn(place: Place, page: SentPage, draft: Draft): PageOutcome {
	const next = { ...place, draft };
	if (page.from !== 'check') {
		return { type: 'saved', draft, next: stepAfter(next, page.step) };
	}
	const open = askedQuestions(next).find(({ id }) => !isAnsweredOrLeft(draft, id));
	const to = open ? questionStep(open.id) : 'check';
	return { type: 'saved', draft, next: to };
}

/** The engine's answers are read-only lists; a draft holds its own. */
function copyAnswers(answers: Readonly<Record<string, string | readonly string[]>>) {
	return Object.fromEntries(
		Object.entries(answers).map(([id, answer]) => [
			id,
			typeof answer === 'string' ? answer : [...answer],
		]),
	);
}

function added(list: string[], item: string): string[] {
	return list.includes(item) ? list : [...list, item];
}
