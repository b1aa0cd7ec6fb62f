import type { DialogList, DialogProgress } from '@throughline/api/client';
import { api } from '#lib/api.ts';
import type { PageServerLoad } from './$types.js';

export const load: PageServerLoad = async ({ fetch, parent, url }) => {
	const { apiPath } = await parent();
	const page = Number(url.searchParams.get('page') ?? '1');
	return {
		list: await api(fetch).get<DialogList>(`${apiPath}/dialogs?page=${page}`),
		progress: await api(fetch).get<DialogProgress>(`${apiPath}/dialogs/progress`),
	};
};
