import type { ThemeResults } from '@throughline/api/client';
import { api } from '#lib/api.ts';
import type { PageServerLoad } from './$types.js';

export const load: PageServerLoad = async ({ fetch, parent, params, url }) => {
	const { apiPath } = await parent();
	const path = `${apiPath}/results/${params.window}/themes/${encodeURIComponent(params.key)}`;
	return { results: await api(fetch).get<ThemeResults>(path), address: url.pathname };
};
