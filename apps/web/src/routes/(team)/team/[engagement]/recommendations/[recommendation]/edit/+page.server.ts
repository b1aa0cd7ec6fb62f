import type { RecommendationView } from '@throughline/api/client';
import { fail, redirect } from '@sveltejs/kit';
import { api } from '#lib/api.ts';
import { formProblem } from '#lib/problem.ts';
import { engagementOf } from '../../../engagement-of.ts';
import { readRecommendationForm } from '../../recommendation-form.ts';
import type { Actions, PageServerLoad } from './$types.js';

export const load: PageServerLoad = async ({ fetch, parent, params }) => {
	const { apiPath } = await parent();
	const path = `${apiPath}/recommendations/${params.recommendation}`;
	return { recommendation: await api(fetch).get<RecommendationView>(path) };
};

export const actions: Actions = {
	default: async ({ fetch, request, params }) => {
		const form = await request.formData();
		const values = readRecommendationForm(form);
		const { apiPath } = await engagementOf(fetch, params.engagement);
		const path = `${apiPath}/recommendations/${encodeURIComponent(params.recommendation)}`;
		try {
			await api(fetch).put(path, { ...values, version: Number(form.get('version')) });
		} catch (error) {
			const problem = formProblem(error);
			return fail(problem.status, { values, problem });
		}
		redirect(303, `/team/${params.engagement}/recommendations/${params.recommendation}`);
	},
};
