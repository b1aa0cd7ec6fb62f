import { fail, redirect } from '@sveltejs/kit';
import { languageOf } from '#lib/i18n/languages.ts';
import { formProblem } from '#lib/problem.ts';
import { keepCode } from '../code-cookie.ts';
import { startPath, stepPath } from '../paths.ts';
import { studentApi } from '../student-api.ts';
import type { Actions, PageServerLoad } from './$types';

export const load: PageServerLoad = async ({ params, fetch, locals, request, url }) => {
	// After a POST the language is the one that was chosen in the form.
	const wanted = request.method === 'POST' ? locals.language : url.searchParams.get('lang');
	const survey = studentApi(fetch, { link: params.link, code: null });
	const welcome = await survey.welcome(wanted === null ? null : languageOf(wanted));
	locals.language = languageOf(welcome.language);
	return {
		welcome,
		/** The language, when it was chosen rather than found. */
		chosen: wanted === null ? null : locals.language,
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
		const chosen = switchedTo || textOf(form.get('chosen'));
		if (switchedTo) {
			locals.language = languageOf(switchedTo);
			if (code === '') {
				redirect(303, `${startPath(params.link)}?lang=${locals.language}`);
			}
			return { code };
		}
		if (chosen) {
			locals.language = languageOf(chosen);
		}
		const survey = studentApi(fetch, { link: params.link, code: null });
		const started = await survey
			.start({ code: code.slice(0, 100), ...(chosen && { language: locals.language }) })
			.catch(formProblem);
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
