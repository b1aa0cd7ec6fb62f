import type { RowExportsView } from '@throughline/api/client';
import { fail, redirect } from '@sveltejs/kit';
import { api } from '#lib/api.ts';
import { formProblem } from '#lib/problem.ts';
import { engagementOf } from '../engagement-of.ts';
import type { Actions, PageServerLoad } from './$types.js';

export const load: PageServerLoad = async ({ fetch, parent }) => {
	const { apiPath } = await parent();
	return await api(fetch).get<RowExportsView>(`${apiPath}/exports`);
};

export const actions: Actions = {
	default: async ({ fetch, request, params }) => {
		const sent = await request.formData();
		const values = {
			windowId: String(sent.get('windowId') ?? ''),
			reason: String(sent.get('reason') ?? ''),
		};
		const { apiPath } = await engagementOf(fetch, params.engagement);
		let id: string;
		try {
			({ id } = await api(fetch).post<{ id: string }>(`${apiPath}/exports`, values));
		} catch (error) {
			const problem = formProblem(error);
			return fail(problem.status, { values, problem });
		}
		redirect(303, `/team/${params.engagement}/exports/${id}?done=asked`);
	},
};
