import { fail, redirect } from '@sveltejs/kit';
import { acceptedLanguage, languageOf } from '#lib/i18n/languages.ts';
import { ApiProblem } from '#lib/api.ts';
import { formProblem } from '#lib/problem.ts';
import { keepCode } from '../code-cookie.ts';
import { findPath, startPath, stepPath } from '../paths.ts';
import { studentApi } from '../student-api.ts';
import type { Actions, PageServerLoad } from './$types';

export const load: PageServerLoad = async ({ params, fetch, locals, request, url }) => {
	// Addresses on slips have small letters alone; keyboards of phones begin with a large one.
	if (!/^[a-z0-9-]{1,40}$/.test(params.link)) {
		redirect(303, findPath(params.link, url.searchParams.get('lang')));
	}
	// After a POST the language is the one that was chosen in the form.
	const chosen = request.method === 'POST' ? locals.chosenLanguage : url.searchParams.get('lang');
	const wanted = chosen ?? acceptedLanguage(request.headers.get('accept-language'));
	const survey = studentApi(fetch, { link: params.link, code: null });
	const welcome = await survey.welcome(wanted && languageOf(wanted));
	locals.language = languageOf(welcome.language);
	return {
		welcome,
		isChosen: typeof chosen === 'string',
		isOut: url.searchParams.has('out'),
		language: locals.language,
	};
};

export const actions: Actions = {
	default: async (event) => {
		const { params, fetch, locals, request } = event;
		const form = await request.formData();
		const code = textOf(form.get('code'));
		const switchedTo = textOf(form.get('language'));
		const language = languageOf(switchedTo || textOf(form.get('shown-in')));
		const isChosen = switchedTo !== '' || form.has('is-chosen');
		locals.language = language;
		if (isChosen) {
			locals.chosenLanguage = language;
		}
		if (switchedTo) {
			return code === '' ? redirect(303, startPath(params.link, { language })) : { code };
		}
		const survey = studentApi(fetch, { link: params.link, code: null });
		const started = await survey
			.start({ code: code.slice(0, 100), language, isChosen })
			.catch(startProblem);
		if ('status' in started) {
			return fail(started.status, { code: code.slice(0, 100), problem: started.code });
		}
		keepCode(event, started.code);
		redirect(303, stepPath(params.link, started.next));
	},
};

function textOf(value: FormDataEntryValue | null): string {
	return typeof value === 'string' ? value : '';
}

/** A code that was not taken, for whatever reason, stays in its box. */
function startProblem(error: unknown): { status: number; code: string } {
	return error instanceof ApiProblem && error.status >= 500 ? error : formProblem(error);
}
