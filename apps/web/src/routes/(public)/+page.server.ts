import type { PublicEngagementEntry } from '@throughline/api/client';
import { api } from '#lib/api.ts';
import type { PageServerLoad } from './$types.js';

export const load: PageServerLoad = async ({ fetch, locals, url }) => {
	const { engagements } = await api(fetch).get<{ engagements: PublicEngagementEntry[] }>(
		'/api/public/engagements',
	);
	return { engagements, language: locals.language, address: url.pathname + url.search };
};
