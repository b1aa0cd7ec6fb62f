import { languageOf, type Language } from '#lib/i18n/languages.ts';
import type { SentPage } from '../../student-api.ts';

/** A page as its form sends it. */
export interface FormPage {
	values: string[];
	intent: SentPage['intent'];
	/** The language to change to. */
	language: Language | null;
	/** The language the page was in. */
	shownIn: Language;
	/** The page had said that it was left blank. */
	isAskedAgain: boolean;
	/** From the check page alone. */
	submissionId: string;
	/** From a page that asks for the code again. */
	code: string | null;
}

/** Reads the form of any page; fields that are missing or are files count as left out. */
export function readPage(form: FormData): FormPage {
	const text = (name: string) => {
		const value = form.get(name);
		return typeof value === 'string' ? value : '';
	};
	const switchedTo = text('language');
	return {
		values: form.getAll('answer').filter((value) => typeof value === 'string'),
		intent: intentOf(switchedTo, text('intent')),
		language: switchedTo ? languageOf(switchedTo) : null,
		shownIn: languageOf(text('shown-in')),
		isAskedAgain: text('asked-again') === '1',
		submissionId: text('submission'),
		code: form.has('code') ? text('code') : null,
	};
}

function intentOf(switchedTo: string, intent: string): SentPage['intent'] {
	if (switchedTo) {
		return 'change_language';
	}
	return intent === 'skip_section' ? 'skip_section' : 'continue';
}
