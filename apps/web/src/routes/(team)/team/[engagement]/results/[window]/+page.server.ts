import type { DialogThemes, WindowResults } from '@throughline/api/client';
import { api } from '#lib/api.ts';
import { likertView } from '#lib/charts/chart-page.ts';
import type { PageServerLoad } from './$types.js';

/** Every choice is in the address: `?by=race&view=stacked`. */
export const load: PageServerLoad = async ({ fetch, parent, params, url }) => {
	const { apiPath } = await parent();
	const by = url.searchParams.get('by');
	const query = by === null ? '' : `?by=${encodeURIComponent(by)}`;
	return {
		results: await api(fetch).get<WindowResults>(`${apiPath}/results/${params.window}${query}`),
		dialogs:
			by === null
				? await api(fetch).get<DialogThemes>(`${apiPath}/results/${params.window}/dialogs`)
				: null,
		view: likertView(url),
		address: url.pathname + url.search,
	};
};
