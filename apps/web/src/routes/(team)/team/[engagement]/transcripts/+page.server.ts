import type { CheckedTranscripts } from '@throughline/api/client';
import { api } from '#lib/api.ts';
import type { PageServerLoad } from './$types.js';

export const load: PageServerLoad = async ({ fetch, parent, url }) => {
	const { apiPath } = await parent();
	const page = Number(url.searchParams.get('page') ?? '1');
	return { list: await api(fetch).get<CheckedTranscripts>(`${apiPath}/transcripts?page=${page}`) };
};
