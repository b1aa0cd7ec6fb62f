import { missingPart } from '../../../../../missing.ts';
import type { PageServerLoad } from './$types.js';

export const load: PageServerLoad = async ({ params, parent, url }) => {
	const { site } = await parent();
	const recommendation = site.release.recommendations.find(({ key }) => key === params.key);
	return {
		recommendation: recommendation ?? missingPart(),
		focus: url.searchParams.get('focus'),
	};
};
