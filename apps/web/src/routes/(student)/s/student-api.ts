import type {
	FinishResult,
	SaveResult,
	StartResult,
	Step,
	SurveyThanks,
	SurveyWelcome,
} from '@throughline/api/client';
import { api } from '#lib/api.ts';

/** One page as it is sent to the API. */
export interface SentPage {
	values: string[];
	intent: 'continue' | 'skip_section' | 'change_language';
	isAskedAgain: boolean;
	language?: string;
	from?: 'check';
}

/** The API as one student sees it: one survey, and the code of their slip once it is known. */
export function studentApi(
	fetch: typeof globalThis.fetch,
	{ link, code }: { link: string; code: string | null },
) {
	const survey = api((input, init) => {
		const headers = new Headers(init?.headers);
		if (code !== null) {
			headers.set('x-access-code', code);
		}
		return fetch(input, { ...init, headers });
	});
	const path = `/api/student/${encodeURIComponent(link)}`;
	const stepPath = (step: string) => `${path}/steps/${encodeURIComponent(step)}`;
	const inLanguage = (language: string | null) => (language ? `?language=${language}` : '');
	return {
		welcome: (language: string | null) =>
			survey.get<SurveyWelcome>(`${path}${inLanguage(language)}`),
		start: (body: { code: string; language?: string; isChosen?: boolean }) =>
			survey.post<StartResult>(`${path}/start`, body),
		step: (step: string, from: 'check' | null) =>
			survey.get<Step>(`${stepPath(step)}${from ? '?from=check' : ''}`),
		save: (step: string, page: SentPage) => survey.put<SaveResult>(stepPath(step), page),
		finish: (submissionId: string) => survey.post<FinishResult>(`${path}/finish`, { submissionId }),
		thanks: (language: string | null) =>
			survey.get<SurveyThanks>(`${path}/thanks${inLanguage(language)}`),
	};
}
