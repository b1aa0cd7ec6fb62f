import type { EngagementOverview, RateWindows } from '@throughline/api/client';
import { api } from '#lib/api.ts';
import { nextSteps } from './next-steps.ts';
import type { PageServerLoad } from './$types.js';

export const load: PageServerLoad = async ({ fetch, parent }) => {
	const { apiPath, engagement } = await parent();
	const overview = await api(fetch).get<EngagementOverview>(apiPath);
	const maySeeRates = ['administrator', 'data_steward', 'advisory_member'].some((role) =>
		overview.roles.some((held) => held === role),
	);
	const windows = maySeeRates
		? (await api(fetch).get<RateWindows>(`${apiPath}/rates`)).windows
		: [];
	return { overview, next: nextSteps(overview, { slug: engagement.slug, windows }) };
};
