import type { PlacesView } from '@throughline/api/client';
import { fail, redirect } from '@sveltejs/kit';
import { api } from '#lib/api.ts';
import { formProblem } from '#lib/problem.ts';
import { engagementOf } from '../engagement-of.ts';
import type { Actions, PageServerLoad } from './$types.js';

export const load: PageServerLoad = async ({ fetch, parent, url }) => {
	const { apiPath } = await parent();
	const page = Number(url.searchParams.get('page') ?? '1');
	return {
		places: await api(fetch).get<PlacesView>(`${apiPath}/places?page=${page}`),
		isSaved: url.searchParams.has('saved'),
		/** What is being changed, by the address. */
		group: url.searchParams.get('group'),
		milestone: url.searchParams.get('step'),
	};
};

export const actions: Actions = {
	saveGroup: async ({ fetch, request, params }) => {
		const form = await request.formData();
		const values = {
			id: text(form, 'id'),
			name: text(form, 'name'),
			kind: text(form, 'kind'),
			siteId: text(form, 'siteId'),
		};
		const { apiPath } = await engagementOf(fetch, params.engagement);
		const { id, siteId, ...body } = values;
		try {
			await (id === ''
				? api(fetch).post(`${apiPath}/places/groups`, { ...body, siteId })
				: api(fetch).put(`${apiPath}/places/groups/${encodeURIComponent(id)}`, body));
		} catch (error) {
			const problem = formProblem(error);
			return fail(problem.status, { group: values, problem });
		}
		redirect(303, `/team/${params.engagement}/places?saved=1`);
	},
	saveMilestone: async ({ fetch, request, params }) => {
		const form = await request.formData();
		const values = {
			id: text(form, 'id'),
			label: text(form, 'label'),
			startsOn: text(form, 'startsOn'),
			endsOn: text(form, 'endsOn'),
		};
		const { apiPath } = await engagementOf(fetch, params.engagement);
		const { id, label, startsOn, endsOn } = values;
		const body = { label, startsOn, endsOn: endsOn === '' ? null : endsOn };
		try {
			await (id === ''
				? api(fetch).post(`${apiPath}/places/milestones`, body)
				: api(fetch).put(`${apiPath}/places/milestones/${encodeURIComponent(id)}`, body));
		} catch (error) {
			const problem = formProblem(error);
			return fail(problem.status, { milestone: values, problem });
		}
		redirect(303, `/team/${params.engagement}/places?saved=1`);
	},
	removeMilestone: async ({ fetch, request, params }) => {
		const id = text(await request.formData(), 'id');
		const { apiPath } = await engagementOf(fetch, params.engagement);
		await api(fetch).delete(`${apiPath}/places/milestones/${encodeURIComponent(id)}`);
		redirect(303, `/team/${params.engagement}/places?saved=1`);
	},
};

function text(form: FormData, name: string): string {
	return String(form.get(name) ?? '');
}
