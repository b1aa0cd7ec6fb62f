import { languageOf } from '#lib/i18n/languages.ts';
import { studentApi } from '../../student-api.ts';
import type { PageServerLoad } from './$types';

export const load: PageServerLoad = async ({ params, fetch, locals, url }) => {
	const survey = studentApi(fetch, { link: params.link, code: null });
	const thanks = await survey.thanks(url.searchParams.get('lang') && locals.language);
	locals.language = languageOf(thanks.language);
	return { ...thanks, language: locals.language };
};
