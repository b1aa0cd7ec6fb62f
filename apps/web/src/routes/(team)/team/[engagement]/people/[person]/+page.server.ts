import type { PeopleView } from '@throughline/api/client';
import { error, fail, redirect } from '@sveltejs/kit';
import { api } from '#lib/api.ts';
import { formProblem } from '#lib/problem.ts';
import { engagementOf } from '../../engagement-of.ts';
import type { Actions, PageServerLoad } from './$types.js';

const MAX_PAGES = 40;

export const load: PageServerLoad = async ({ fetch, parent, params }) => {
	const { apiPath } = await parent();
	for (let page = 1; page <= MAX_PAGES; page += 1) {
		const people = await api(fetch).get<PeopleView>(`${apiPath}/people?page=${page}`);
		const member = people.members.find(({ id }) => id === params.person);
		if (member) {
			return { member };
		}
		if (!people.hasMore) {
			break;
		}
	}
	error(404, 'There is nothing at this address.', { code: 'not_found' });
};

export const actions: Actions = {
	save: async ({ fetch, request, params }) => {
		const form = await request.formData();
		const roles = form.getAll('roles').map(String);
		const endsOn = String(form.get('endsOn') ?? '');
		const { apiPath } = await engagementOf(fetch, params.engagement);
		try {
			const body = { roles, endsOn: endsOn === '' ? null : endsOn };
			await api(fetch).put(`${apiPath}/people/${params.person}/roles`, body);
		} catch (refusal) {
			const problem = formProblem(refusal);
			return fail(problem.status, { values: { roles, endsOn }, problem });
		}
		redirect(303, `/team/${params.engagement}/people`);
	},
	endSessions: async ({ fetch, params }) => {
		const { apiPath } = await engagementOf(fetch, params.engagement);
		await api(fetch).delete(`${apiPath}/people/${params.person}/sessions`);
		redirect(303, `/team/${params.engagement}/people`);
	},
	resetSecondFactor: async ({ fetch, params }) => {
		const { apiPath } = await engagementOf(fetch, params.engagement);
		try {
			await api(fetch).delete(`${apiPath}/people/${params.person}/second-factor`);
		} catch (refusal) {
			const problem = formProblem(refusal);
			return fail(problem.status, { values: null, problem });
		}
		redirect(303, `/team/${params.engagement}/people`);
	},
	remove: async ({ fetch, params }) => {
		const { apiPath } = await engagementOf(fetch, params.engagement);
		try {
			await api(fetch).delete(`${apiPath}/people/${params.person}`);
		} catch (refusal) {
			const problem = formProblem(refusal);
			return fail(problem.status, { values: null, problem });
		}
		redirect(303, `/team/${params.engagement}/people`);
	},
};
