import type { CodesView, WindowDetail } from '@throughline/api/client';
import { api } from '#lib/api.ts';
import type { PageServerLoad } from './$types.js';

export const load: PageServerLoad = async ({ fetch, parent, params }) => {
	const { apiPath } = await parent();
	const path = `${apiPath}/windows/${params.window}`;
	return {
		window: await api(fetch).get<WindowDetail>(path),
		codes: await api(fetch).get<CodesView>(`${path}/codes`),
	};
};
