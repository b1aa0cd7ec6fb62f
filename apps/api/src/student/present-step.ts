import {
	localText,
	optionsFor,
	type Section,
	type SurveyQuestion,
} from '@throughline/survey-engine';
import type { Draft } from '../ballot/draft.ts';
import { notFound } from '../errors.ts';
import { sayIn } from './languages.ts';
import { noticeParts, noticeText } from './notices.ts';
import type {
	CheckStep,
	NoticeStep,
	QuestionStep,
	SectionStep,
	Step,
	TextInLanguage,
} from '../routes/student/schema.ts';
import { shownCode, type StudentAccess } from './student-access.ts';
import {
	askedQuestions,
	isOpenStep,
	isStepOf,
	type Place,
	progressAt,
	questionOf,
	questionStep,
	resumeStep,
	stepBefore,
} from './steps.ts';

const MINUTE = 60_000;
/** A closing window is announced this long before. */
const WARNING = 10 * MINUTE;

/** What a page is made from; `submissionId` is for the check page's Finish. */
interface View {
	access: StudentAccess;
	draft: Draft;
	place: Place;
	from: 'check' | null;
	submissionId: string;
}

/**
 * One page of the survey, in the student's language.
 * @throws AppError `not_found` for a step the survey does not have.
 */
export function presentStep(view: View, step: string): Step {
	if (!isStepOf(view.place.survey, step)) {
		throw notFound();
	}
	if (!isOpenStep(view.place, step)) {
		return { kind: 'moved', next: resumeStep(view.place) };
	}
	if (step === 'notice') {
		return presentNotice(view);
	}
	if (step === 'check') {
		return presentCheck(view);
	}
	const question = questionOf(view.place.survey, step);
	return question ? presentQuestion(view, question) : presentSection(view, step);
}

function presentQuestion(view: View, question: SurveyQuestion): QuestionStep {
	const say = sayIn(view.access.window, view.draft.language);
	const asked = askedQuestions(view.place);
	const { section, definition } = question;
	const isFirstOfSection = asked.find((other) => other.section.id === section.id) === question;
	const stored = view.draft.values[question.id] ?? [];
	return {
		kind: 'question',
		...frame(view, questionStep(question.id)),
		progress: progressAt(view.place, question.id),
		sectionTitle: say(section.title),
		sectionIntro: isFirstOfSection && section.intro ? say(section.intro) : null,
		isSensitive: section.isSensitive === true,
		question: {
			id: question.id,
			type: question.type,
			text: say(definition.text),
			hint: definition.hint ? say(definition.hint) : null,
			notice:
				question.kind === 'text' && question.isOpenText
					? noticeText(view.access.window.notices.openText, wording(view))
					: null,
			options:
				question.kind === 'closed'
					? optionsFor(question, String(view.draft.seed)).map((option) => ({
							code: option.code,
							label: say(option.label),
							isExclusive: option.isExclusive === true,
						}))
					: [],
			maxChoices:
				question.kind === 'closed' && question.definition.type === 'multi'
					? (question.definition.maxChoices ?? null)
					: null,
			maxLength: question.kind === 'text' ? question.maxLength : null,
		},
		values: typeof stored === 'string' ? [stored] : stored,
	};
}

function presentNotice(view: View): NoticeStep {
	return {
		kind: 'notice',
		...frame(view, 'notice'),
		parts: noticeParts(view.access.window.notices.start, wording(view)),
	};
}

function presentSection(view: View, step: string): SectionStep {
	const say = sayIn(view.access.window, view.draft.language);
	const section = sectionOf(view, step);
	return {
		kind: 'section',
		...frame(view, step),
		section: {
			id: section.id,
			title: say(section.title),
			intro: section.intro ? say(section.intro) : null,
		},
	};
}

function sectionOf(view: View, step: string): Section {
	const id = step.slice('section-'.length);
	const section = view.place.survey.sections.find((candidate) => candidate.id === id);
	if (!section) {
		throw notFound();
	}
	return section;
}

function presentCheck(view: View): CheckStep {
	const say = sayIn(view.access.window, view.draft.language);
	const bySection = Map.groupBy(askedQuestions(view.place), (question) => question.section);
	return {
		kind: 'check',
		...frame(view, 'check'),
		submissionId: view.submissionId,
		sections: [...bySection].map(([section, questions]) => ({
			id: section.id,
			title: say(section.title),
			questions: questions.map((question) => ({
				id: question.id,
				step: questionStep(question.id),
				text: say(question.definition.text),
				answer: presentAnswer(view, question),
			})),
		})),
	};
}

function presentAnswer(view: View, question: SurveyQuestion): TextInLanguage[] {
	const say = sayIn(view.access.window, view.draft.language);
	const stored = view.draft.values[question.id];
	if (stored === undefined) {
		return [];
	}
	if (question.kind === 'text') {
		const { language } = view.draft;
		return [{ ...localText({ [language]: String(stored) }, language, language) }];
	}
	const codes = new Set(typeof stored === 'string' ? [stored] : stored);
	return question.options.filter(({ code }) => codes.has(code)).map(({ label }) => say(label));
}

function frame(view: View, step: string) {
	const { window } = view.access;
	const left = window.closesAt.getTime() - view.place.now.getTime();
	return {
		title: sayIn(window, view.draft.language)(window.survey.definition.title),
		isSynthetic: window.isSynthetic,
		language: view.draft.language,
		languages: window.languages,
		code: shownCode(view.access),
		back: view.from === 'check' ? 'check' : stepBefore(view.place, step),
		from: view.from,
		closesInMinutes: left <= WARNING ? Math.max(1, Math.ceil(left / MINUTE)) : null,
	};
}

function wording({ access, draft }: Pick<View, 'access' | 'draft'>) {
	return {
		language: draft.language,
		fallback: access.window.survey.definition.defaultLanguage,
		placeholders: access.window.placeholders,
	};
}
