import { ApiProblem } from './api.ts';
import { text, type Key } from './i18n/text.ts';
import type { Language } from './i18n/languages.ts';

export interface Words {
	/** What happened. */
	title: string;
	/** What to do next. */
	next: string;
}

/** What an error page says about a status, whatever the page and the language. */
export function problemWords(status: number, language: Language): Words {
	const t = text('common', language);
	const kind = kindOf(status);
	const title: Key<'common'> = `problem.${kind}.title`;
	const next: Key<'common'> = `problem.${kind}.next`;
	return { title: t(title), next: t(next) };
}

export interface FormProblem {
	status: number;
	code: string;
	message: string;
	/** What to say beside each field, by field name. */
	fields: Record<string, string>;
}

/**
 * What a form shows when the API refused it. Anything but a refusal (4xx) is thrown on, so that the
 * error page answers; so is what has to be confirmed first, which has a page of its own. Use: `return fail(problem.status, { ...values, problem })`.
 */
export function formProblem(error: unknown): FormProblem {
	if (!(error instanceof ApiProblem) || error.status >= 500 || error.status === 401) {
		throw error;
	}
	if (error.code === 'confirmation_required') {
		throw error;
	}
	return { status: error.status, code: error.code, message: error.message, fields: error.fields };
}

function kindOf(status: number) {
	switch (status) {
		case 401:
			return 'unauthenticated';
		case 403:
			return 'forbidden';
		case 404:
		case 410:
			return 'not_found';
		case 413:
			return 'too_large';
		case 429:
			return 'too_many';
		case 502:
		case 503:
		case 504:
			return 'unavailable';
		default:
			return status >= 500 ? 'unknown' : 'bad_request';
	}
}
