import type { SafetyFlagList } from '@throughline/api/client';
import { redirect } from '@sveltejs/kit';
import { api } from '#lib/api.ts';
import { engagementOf } from '../engagement-of.ts';
import type { Actions, PageServerLoad } from './$types.js';

export const load: PageServerLoad = async ({ fetch, parent, url }) => {
	const { apiPath } = await parent();
	const page = Number(url.searchParams.get('page') ?? '1');
	return { list: await api(fetch).get<SafetyFlagList>(`${apiPath}/safety?page=${page}`) };
};

export const actions: Actions = {
	seen: (event) => mark(event, 'seen'),
	closed: (event) => mark(event, 'closed'),
};

async function mark(
	{ fetch, request, params }: Parameters<Actions[string]>[0],
	step: 'seen' | 'closed',
): Promise<never> {
	const id = String((await request.formData()).get('flag') ?? '');
	const { apiPath } = await engagementOf(fetch, params.engagement);
	await api(fetch).post(`${apiPath}/safety/${encodeURIComponent(id)}/${step}`);
	redirect(303, `/team/${params.engagement}/safety`);
}
