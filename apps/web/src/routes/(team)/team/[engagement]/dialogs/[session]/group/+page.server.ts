import type { GroupLink, GroupReviews } from '@throughline/api/client';
import { fail, redirect } from '@sveltejs/kit';
import { api } from '#lib/api.ts';
import { formProblem } from '#lib/problem.ts';
import { engagementOf } from '../../../engagement-of.ts';
import type { Actions, PageServerLoad } from './$types.js';

export const load: PageServerLoad = async ({ fetch, parent, params, url }) => {
	const { apiPath } = await parent();
	const page = Number(url.searchParams.get('page') ?? '1');
	const path = `${apiPath}/voices/${encodeURIComponent(params.session)}/reviews?page=${page}`;
	return { group: await api(fetch).get<GroupReviews>(path) };
};

export const actions: Actions = {
	make: async ({ fetch, request, params }) => {
		const openUntil = String((await request.formData()).get('openUntil') ?? '');
		const { apiPath } = await engagementOf(fetch, params.engagement);
		const path = `${apiPath}/voices/${encodeURIComponent(params.session)}/reviews`;
		try {
			// Shown on this very page and never again: no redirect.
			const link = await api(fetch).post<GroupLink>(path, { openUntil });
			return { link, openUntil, problem: null };
		} catch (error) {
			const problem = formProblem(error);
			return fail(problem.status, { link: null, openUntil, problem });
		}
	},
	handle: async ({ fetch, request, params }) => {
		const answer = String((await request.formData()).get('answer') ?? '');
		const { apiPath } = await engagementOf(fetch, params.engagement);
		const path = `${apiPath}/voices/${encodeURIComponent(params.session)}/answers`;
		try {
			await api(fetch).post(`${path}/${encodeURIComponent(answer)}/handled`);
		} catch (error) {
			const problem = formProblem(error);
			return fail(problem.status, { link: null, openUntil: '', problem });
		}
		redirect(303, '?handled');
	},
};
