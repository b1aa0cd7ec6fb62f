import { transcriptApi } from '../transcript-api.ts';
import type { PageServerLoad } from './$types.js';

export const load: PageServerLoad = async ({ fetch, parent, params }) => {
	const { apiPath } = await parent();
	return { list: await transcriptApi(fetch, { apiPath, session: params.session }).list() };
};
