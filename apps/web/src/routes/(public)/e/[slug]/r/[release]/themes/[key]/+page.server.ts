import { missingPart } from '../../../../../missing.ts';
import type { PageServerLoad } from './$types.js';

export const load: PageServerLoad = async ({ params, parent }) => {
	const { site } = await parent();
	const theme = site.release.themes.find(({ key }) => key === params.key);
	return { theme: theme ?? missingPart() };
};
