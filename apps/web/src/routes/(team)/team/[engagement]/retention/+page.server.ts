import type { RetentionView } from '@throughline/api/client';
import { api } from '#lib/api.ts';
import type { PageServerLoad } from './$types.js';

export const load: PageServerLoad = async ({ fetch, parent }) => {
	const { apiPath } = await parent();
	return { retention: await api(fetch).get<RetentionView>(`${apiPath}/retention`) };
};
