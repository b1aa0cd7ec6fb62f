import { lastDay, localDate } from '../presenters/local-time.ts';
import type { SurveyThanks, SurveyWelcome } from '../routes/student/schema.ts';
import { offeredLanguage, sayIn } from './languages.ts';
import { noticeText } from './notices.ts';
import type { StudentWindow } from './student-windows.ts';

/** What the first page says about a survey, in the wanted language. */
export function presentWelcome(
	window: StudentWindow,
	wanted: string | undefined,
	{ now }: { now: Date },
): SurveyWelcome {
	const language = offeredLanguage(window, wanted);
	const { definition } = window.survey;
	return {
		title: sayIn(window, language)(definition.title),
		district: window.district,
		isSynthetic: window.isSynthetic,
		status: statusOf(window, now),
		opensOn: localDate(window.opensAt, window.timezone),
		...lastDay(window.closesAt, window.timezone),
		language,
		languages: window.languages,
		minutes: definition.estimatedMinutes ?? null,
	};
}

/** What the last page says: thanks, where to get help, where the results will be. */
export function presentThanks(
	window: StudentWindow,
	wanted: string | undefined,
	{ now, origin }: { now: Date; origin: string },
): SurveyThanks {
	const welcome = presentWelcome(window, wanted, { now });
	const thanks = noticeText(window.notices.end, {
		language: welcome.language,
		fallback: window.survey.definition.defaultLanguage,
		placeholders: { ...window.placeholders, public_url: { en: origin + window.resultsPath } },
	});
	return { ...welcome, thanks, resultsPath: window.resultsPath };
}

function statusOf(window: StudentWindow, now: Date): SurveyWelcome['status'] {
	if (window.status === 'draft' || (window.status === 'open' && now < window.opensAt)) {
		return 'not_yet';
	}
	return window.status === 'open' && now < window.closesAt ? 'open' : 'closed';
}
