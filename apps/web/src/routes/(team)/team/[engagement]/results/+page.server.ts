import type { ResultsOverview } from '@throughline/api/client';
import { redirect } from '@sveltejs/kit';
import { api } from '#lib/api.ts';
import type { PageServerLoad } from './$types.js';

/** With one opened window there is nothing to choose. */
export const load: PageServerLoad = async ({ fetch, parent }) => {
	const { apiPath, engagement } = await parent();
	const { windows } = await api(fetch).get<ResultsOverview>(`${apiPath}/results`);
	const [only, ...others] = windows;
	if (only && others.length === 0) {
		redirect(303, `/team/${engagement.slug}/results/${only.id}`);
	}
	return { windows };
};
