import type { CodebookView, DecidedList } from '@throughline/api/client';
import { api } from '#lib/api.ts';
import type { PageServerLoad } from './$types.js';

export const load: PageServerLoad = async ({ fetch, parent, url }) => {
	const { apiPath } = await parent();
	const page = Number(url.searchParams.get('page') ?? '1');
	const [list, codebook] = await Promise.all([
		api(fetch).get<DecidedList>(`${apiPath}/coding/decided?page=${page}`),
		api(fetch).get<CodebookView>(`${apiPath}/codebook`),
	]);
	return { list, codebook };
};
