import type { SurveyPreview } from '@throughline/api/client';
import { api } from '#lib/api.ts';
import type { PageServerLoad } from './$types.js';

export const load: PageServerLoad = async ({ fetch, parent, params, url }) => {
	const { apiPath } = await parent();
	const language = url.searchParams.get('language');
	const query = language === null ? '' : `?language=${encodeURIComponent(language)}`;
	const path = `${apiPath}/surveys/${params.version}${query}`;
	return { survey: await api(fetch).get<SurveyPreview>(path) };
};
