import { type LocalText, localText } from '@throughline/survey-engine';
import type { TextInLanguage } from '../routes/student/schema.ts';
import type { StudentWindow } from './student-windows.ts';

/** The wanted language when the survey is reviewed in it, else the survey's own. */
export function offeredLanguage(
	window: Pick<StudentWindow, 'languages' | 'survey'>,
	wanted: string | undefined,
): string {
	return (
		window.languages.find((language) => language === wanted) ??
		window.survey.definition.defaultLanguage
	);
}

/** Says a text in a language, marked with the language it was found in. */
export function sayIn(
	window: Pick<StudentWindow, 'survey'>,
	language: string,
): (text: LocalText) => TextInLanguage {
	const fallback = window.survey.definition.defaultLanguage;
	return (text) => localText(text, language, fallback);
}
