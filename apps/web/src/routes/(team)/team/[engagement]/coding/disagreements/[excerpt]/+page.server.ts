import { fail, redirect } from '@sveltejs/kit';
import type { CodebookView, DisagreementList, DisagreementView } from '@throughline/api/client';
import { api } from '#lib/api.ts';
import { formProblem } from '#lib/problem.ts';
import { engagementOf } from '../../../engagement-of.ts';
import type { Actions, PageServerLoad } from './$types.js';

export const load: PageServerLoad = async ({ fetch, parent, params, url }) => {
	const { apiPath, engagement } = await parent();
	const base = `/team/${engagement.slug}/coding/disagreements`;
	// A key on the coder's desk leads to the first one, whichever it is.
	if (params.excerpt === 'next') {
		const list = await api(fetch).get<DisagreementList>(`${apiPath}/disagreements`);
		const [first] = list.disagreements;
		redirect(303, first ? `${base}/${first.id}` : base);
	}
	const id = encodeURIComponent(params.excerpt);
	const [view, codebook] = await Promise.all([
		api(fetch).get<DisagreementView>(`${apiPath}/disagreements/${id}`),
		api(fetch).get<CodebookView>(`${apiPath}/codebook`),
	]);
	return { view, codebook, isSettled: url.searchParams.has('settled') };
};

export const actions: Actions = {
	settle: async ({ fetch, request, params }) => {
		const form = await request.formData();
		const values = {
			themeIds: form.getAll('themes').map(String),
			note: String(form.get('note') ?? ''),
		};
		const nextId = String(form.get('next') ?? '');
		const { apiPath, engagement } = await engagementOf(fetch, params.engagement);
		const id = encodeURIComponent(params.excerpt);
		try {
			await api(fetch).put(`${apiPath}/disagreements/${id}/settlement`, values);
		} catch (error) {
			const problem = formProblem(error);
			return fail(problem.status, { values, problem });
		}
		const base = `/team/${engagement.slug}/coding/disagreements`;
		redirect(303, nextId === '' ? base : `${base}/${encodeURIComponent(nextId)}`);
	},
	unsettle: async ({ fetch, params }) => {
		const { apiPath } = await engagementOf(fetch, params.engagement);
		const id = encodeURIComponent(params.excerpt);
		try {
			await api(fetch).delete(`${apiPath}/disagreements/${id}/settlement`);
		} catch (error) {
			const problem = formProblem(error);
			return fail(problem.status, { values: null, problem });
		}
		redirect(303, '?');
	},
};
