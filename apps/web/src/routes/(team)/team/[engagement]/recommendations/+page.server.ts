import type { RecommendationList } from '@throughline/api/client';
import { api } from '#lib/api.ts';
import type { PageServerLoad } from './$types.js';

export const load: PageServerLoad = async ({ fetch, parent }) => {
	const { apiPath } = await parent();
	return await api(fetch).get<RecommendationList>(`${apiPath}/recommendations`);
};
