import type { SiteView } from '@throughline/api/client';
import { fail, redirect } from '@sveltejs/kit';
import { api } from '#lib/api.ts';
import { formProblem } from '#lib/problem.ts';
import { engagementOf } from '../../engagement-of.ts';
import { atBoxes, boxesOf, readSiteForm, siteBody } from '../site-form.ts';
import type { Actions, PageServerLoad } from './$types.js';

export const load: PageServerLoad = async ({ fetch, parent, params }) => {
	const { apiPath } = await parent();
	const site = await api(fetch).get<SiteView>(`${apiPath}/places/sites/${params.site}`);
	const officer = site.hasSro ? 'yes' : 'no';
	const { name, level, counts } = site;
	return { site, values: { name, level, officer, counts: boxesOf(counts) } };
};

export const actions: Actions = {
	default: async ({ fetch, request, params }) => {
		const values = readSiteForm(await request.formData());
		const { apiPath } = await engagementOf(fetch, params.engagement);
		const path = `${apiPath}/places/sites/${params.site}`;
		const { counts, areCountsInUse } = await api(fetch).get<SiteView>(path);
		const { body, places } = siteBody(values, counts);
		const { name, hasSro } = body;
		try {
			await api(fetch).put(path, areCountsInUse ? { name, hasSro } : body);
		} catch (error) {
			const problem = formProblem(error);
			const fields = atBoxes(problem.fields, places);
			const shown = areCountsInUse ? { ...values, counts: boxesOf(counts) } : values;
			return fail(problem.status, { values: shown, problem: { ...problem, fields } });
		}
		redirect(303, `/team/${params.engagement}/places?saved=1`);
	},
};
