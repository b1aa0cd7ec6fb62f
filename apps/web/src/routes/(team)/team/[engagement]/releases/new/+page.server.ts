import type { ReleaseOptions } from '@throughline/api/client';
import { fail, redirect } from '@sveltejs/kit';
import { api } from '#lib/api.ts';
import { formProblem } from '#lib/problem.ts';
import { engagementOf } from '../../engagement-of.ts';
import { readReleaseForm } from '../release-form.ts';
import type { Actions, PageServerLoad } from './$types.js';

export const load: PageServerLoad = async ({ fetch, parent }) => {
	const { apiPath } = await parent();
	return await api(fetch).get<ReleaseOptions>(`${apiPath}/releases/options`);
};

export const actions: Actions = {
	default: async ({ fetch, request, params }) => {
		const values = readReleaseForm(await request.formData());
		const { apiPath } = await engagementOf(fetch, params.engagement);
		let id: string;
		try {
			({ releaseId: id } = await api(fetch).post<{ releaseId: string }>(
				`${apiPath}/releases`,
				values,
			));
		} catch (error) {
			const problem = formProblem(error);
			return fail(problem.status, { values, problem });
		}
		redirect(303, `/team/${params.engagement}/releases/${id}?done=prepared`);
	},
};
