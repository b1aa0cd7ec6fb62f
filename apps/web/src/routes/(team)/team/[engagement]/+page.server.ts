import type { EngagementOverview, OpenFlags, RateWindows } from '@throughline/api/client';
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
	const mayReview = ['administrator', 'data_steward', 'advisory_member', 'coder'].some((role) =>
		overview.roles.some((held) => held === role),
	);
	const { open } = mayReview
		? await api(fetch).get<OpenFlags>(`${apiPath}/flags/open`)
		: { open: 0 };
	return {
		overview,
		openFlags: open,
		next: nextSteps(overview, { slug: engagement.slug, windows }),
	};
};
