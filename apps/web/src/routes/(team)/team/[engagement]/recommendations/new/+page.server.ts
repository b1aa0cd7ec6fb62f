import { fail, redirect } from '@sveltejs/kit';
import { api } from '#lib/api.ts';
import { formProblem } from '#lib/problem.ts';
import { engagementOf } from '../../engagement-of.ts';
import { readRecommendationForm } from '../recommendation-form.ts';
import type { Actions } from './$types.js';

export const actions: Actions = {
	default: async ({ fetch, request, params }) => {
		const values = readRecommendationForm(await request.formData());
		const { apiPath } = await engagementOf(fetch, params.engagement);
		let id: string;
		try {
			({ id } = await api(fetch).post<{ id: string }>(`${apiPath}/recommendations`, values));
		} catch (error) {
			const problem = formProblem(error);
			return fail(problem.status, { values, problem });
		}
		redirect(303, `/team/${params.engagement}/recommendations/${id}`);
	},
};
