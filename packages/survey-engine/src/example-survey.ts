import type { LocalText, Question, SurveyDefinition } from './definition.ts';

/** A text in English for tests. */
export function en(text: string): LocalText {
	return { en: text };
}

/** A closed question with the given codes, for tests. */
export function single(id: string, codes: readonly string[], extra: object = {}): Question {
	const options = codes.map((code) => ({ code, label: en(code) }));
	return { id, section: 'A', type: 'single', text: en(id), options, ...extra };
}

/** A definition around questions, for tests; `extra` replaces its parts. */
export function definitionOf(
	questions: readonly Question[],
	extra: Partial<SurveyDefinition> = {},
): SurveyDefinition {
	return {
		schema: 'throughline-survey/1',
		id: 'example',
		version: '1',
		title: en('Example'),
		defaultLanguage: 'en',
		languages: [{ code: 'en', status: 'reviewed' }],
		sections: [{ id: 'A', title: en('Section A') }],
		questions: [...questions],
		...extra,
	};
}
