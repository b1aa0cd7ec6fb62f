import type {
	DialogProgress,
	EngagementOverview,
	OpenFlags,
	RateWindows,
	SurveyList,
} from '@throughline/api/client';
import { api } from '#lib/api.ts';
import { nextSteps } from './next-steps.ts';
import type { PageServerLoad } from './$types.js';

export const load: PageServerLoad = async ({ fetch, parent }) => {
	const { apiPath, engagement } = await parent();
	const overview = await api(fetch).get<EngagementOverview>(apiPath);
	const holdsOne = (roles: readonly string[]) =>
		roles.some((role) => overview.roles.some((held) => held === role));
	const maySeeRates = holdsOne(['administrator', 'data_steward', 'advisory_member']);
	const maySeeDialogs = maySeeRates || holdsOne(['facilitator']);
	const windows = maySeeRates
		? (await api(fetch).get<RateWindows>(`${apiPath}/rates`)).windows
		: [];
	const mayReview = maySeeRates || holdsOne(['coder']);
	const { open } = mayReview
		? await api(fetch).get<OpenFlags>(`${apiPath}/flags/open`)
		: { open: 0 };
	const dialogs = maySeeDialogs
		? await api(fetch).get<DialogProgress>(`${apiPath}/dialogs/progress`)
		: null;
	const isAdministrator = holdsOne(['administrator']);
	const { versions } = isAdministrator
		? await api(fetch).get<SurveyList>(`${apiPath}/surveys`)
		: { versions: [] };
	const hasSurvey = !isAdministrator || versions.some(({ isPublished }) => isPublished);
	return {
		overview,
		dialogs,
		openFlags: open,
		next: nextSteps(overview, { slug: engagement.slug, windows, hasSurvey }),
	};
};
