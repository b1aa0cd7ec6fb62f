import type { SessionFairness } from '@throughline/api/client';
import { api } from '#lib/api.ts';
import type { PageServerLoad } from './$types.js';

export const load: PageServerLoad = async ({ fetch, parent, params }) => {
	const { apiPath } = await parent();
	const path = `${apiPath}/fairness/${encodeURIComponent(params.session)}`;
	return { fairness: await api(fetch).get<SessionFairness>(path) };
};
