import type { RatesView } from '@throughline/api/client';
import { api } from '#lib/api.ts';
import type { PageServerLoad } from './$types.js';

export const load: PageServerLoad = async ({ fetch, parent, params }) => {
	const { apiPath } = await parent();
	return { rates: await api(fetch).get<RatesView>(`${apiPath}/rates/${params.window}`) };
};
