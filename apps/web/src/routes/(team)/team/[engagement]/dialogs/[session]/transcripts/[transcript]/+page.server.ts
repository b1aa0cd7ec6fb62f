import { transcriptApi } from '../transcript-api.ts';
import type { PageServerLoad } from './$types.js';

export const load: PageServerLoad = async ({ fetch, parent, params }) => {
	const { apiPath } = await parent();
	const one = transcriptApi(fetch, { apiPath, session: params.session }).of(params.transcript);
	const view = await one.view();
	const first = await one.turns({ from: view.blocks[0]?.from ?? 0, before: view.blocks[1]?.from });
	return { view, first };
};
