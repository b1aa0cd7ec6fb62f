import type { FindingList } from '@throughline/api/client';
import { fail, redirect } from '@sveltejs/kit';
import { api } from '#lib/api.ts';
import { formProblem } from '#lib/problem.ts';
import { engagementOf } from '../engagement-of.ts';
import type { Actions, PageServerLoad } from './$types.js';

export const load: PageServerLoad = async ({ fetch, parent }) => {
	const { apiPath } = await parent();
	return await api(fetch).get<FindingList>(`${apiPath}/findings`);
};

export const actions: Actions = {
	restore: async ({ fetch, request, params }) => {
		const form = await request.formData();
		const id = String(form.get('id'));
		const { apiPath } = await engagementOf(fetch, params.engagement);
		try {
			await api(fetch).post(`${apiPath}/findings/${encodeURIComponent(id)}/restore`, {
				version: Number(form.get('version')),
			});
		} catch (error) {
			const problem = formProblem(error);
			return fail(problem.status, { problem });
		}
		redirect(303, `/team/${params.engagement}/findings/${id}`);
	},
};
