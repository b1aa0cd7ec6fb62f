import type { ReleaseDetail } from '@throughline/api/client';
import { error } from '@sveltejs/kit';
import { api } from '#lib/api.ts';
import { likertView } from '#lib/charts/chart-page.ts';
import type { Site } from '#lib/release/site.ts';
import type { PageServerLoad } from './$types.js';

export const load: PageServerLoad = async ({ fetch, locals, parent, params, url }) => {
	const { apiPath, engagement } = await parent();
	const { language } = locals;
	const { release } = await api(fetch).get<{ release: ReleaseDetail }>(
		`${apiPath}/releases/${params.release}?language=${language}`,
	);
	// The frame around the preview is the team's: English.
	locals.language = 'en';
	const site: Site = {
		release: release.preview,
		language,
		base: `/team/${engagement.slug}/releases/${params.release}/preview`,
		address: url.pathname + url.search,
		isPreview: true,
	};
	const [name = '', key, ...rest] = params.page.split('/');
	const theme = site.release.themes.find((own) => name === 'themes' && own.key === key);
	const recommendation = site.release.recommendations.find(
		(own) => name === 'recommendations' && own.key === key,
	);
	const isPage = ['', 'results', 'themes', 'quotes', 'recommendations', 'method', 'data'].includes(
		name,
	);
	const isPart = key === undefined || theme !== undefined || recommendation !== undefined;
	if (!isPage || !isPart || rest.length > 0) {
		error(404, 'There is nothing at this address.', { code: 'not_found' });
	}
	return {
		site,
		name,
		theme,
		recommendation,
		view: likertView(url),
		focus: url.searchParams.get('focus'),
	};
};
