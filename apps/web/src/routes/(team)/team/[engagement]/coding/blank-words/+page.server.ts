import { fail, redirect } from '@sveltejs/kit';
import type { BlankList } from '@throughline/api/client';
import { api } from '#lib/api.ts';
import { formProblem } from '#lib/problem.ts';
import { engagementOf } from '../../engagement-of.ts';
import type { Actions, PageServerLoad } from './$types.js';

export const load: PageServerLoad = async ({ fetch, parent, url }) => {
	const { apiPath } = await parent();
	const page = Number(url.searchParams.get('page') ?? '1');
	return {
		list: await api(fetch).get<BlankList>(`${apiPath}/coding/blanks?page=${page}`),
		isBroughtBack: url.searchParams.has('back'),
	};
};

export const actions: Actions = {
	default: async ({ fetch, request, params }) => {
		const form = await request.formData();
		const id = encodeURIComponent(String(form.get('excerpt') ?? ''));
		const { apiPath } = await engagementOf(fetch, params.engagement);
		try {
			await api(fetch).post(`${apiPath}/coding/blanks/${id}`);
		} catch (error) {
			const problem = formProblem(error);
			return fail(problem.status, { message: problem.message });
		}
		redirect(303, '?back');
	},
};
