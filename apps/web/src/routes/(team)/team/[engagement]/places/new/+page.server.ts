import type { PlacesView } from '@throughline/api/client';
import { fail, redirect } from '@sveltejs/kit';
import { api } from '#lib/api.ts';
import { formProblem } from '#lib/problem.ts';
import { engagementOf } from '../../engagement-of.ts';
import { atBoxes, boxesOf, readSiteForm, siteBody } from '../site-form.ts';
import type { Actions, PageServerLoad } from './$types.js';

export const load: PageServerLoad = async ({ fetch, parent }) => {
	const { apiPath } = await parent();
	const { schoolYear } = await api(fetch).get<PlacesView>(`${apiPath}/places`);
	return { schoolYear, values: { name: '', level: '', officer: '', counts: boxesOf([]) } };
};

export const actions: Actions = {
	default: async ({ fetch, request, params }) => {
		const values = readSiteForm(await request.formData());
		const { apiPath } = await engagementOf(fetch, params.engagement);
		const { body, places } = siteBody(values, []);
		try {
			await api(fetch).post(`${apiPath}/places/sites`, { ...body, level: values.level });
		} catch (error) {
			const problem = formProblem(error);
			const fields = atBoxes(problem.fields, places);
			return fail(problem.status, { values, problem: { ...problem, fields } });
		}
		redirect(303, `/team/${params.engagement}/places?saved=1`);
	},
};
