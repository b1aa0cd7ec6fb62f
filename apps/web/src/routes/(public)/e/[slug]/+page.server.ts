import type { PublicEngagement } from '@throughline/api/client';
import { api } from '#lib/api.ts';
import { orMissing } from '../missing.ts';
import type { PageServerLoad } from './$types.js';

export const load: PageServerLoad = async ({ fetch, locals, params, url }) => {
	const path = `/api/public/engagements/${encodeURIComponent(params.slug)}`;
	const { engagement } = await orMissing(api(fetch).get<{ engagement: PublicEngagement }>(path));
	return {
		...engagement,
		writtenIn: engagement.language,
		language: locals.language,
		address: url.pathname + url.search,
		today: new Date().toISOString().slice(0, 10),
	};
};
