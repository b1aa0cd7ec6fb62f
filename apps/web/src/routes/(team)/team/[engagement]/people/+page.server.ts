import type { AuditVerification, AuditView, PeopleView } from '@throughline/api/client';
import { fail, redirect } from '@sveltejs/kit';
import { api } from '#lib/api.ts';
import { formProblem } from '#lib/problem.ts';
import { engagementOf } from '../engagement-of.ts';
import type { Actions, PageServerLoad } from './$types.js';

export const load: PageServerLoad = async ({ fetch, parent, url }) => {
	const { apiPath } = await parent();
	const page = Number(url.searchParams.get('page') ?? '1');
	return {
		people: await api(fetch).get<PeopleView>(`${apiPath}/people?page=${page}`),
		audit: await api(fetch).get<AuditView>(`${apiPath}/audit`),
		record: await api(fetch).get<AuditVerification>(`${apiPath}/audit/verification`),
		invited: url.searchParams.get('invited'),
	};
};

export const actions: Actions = {
	invite: async ({ fetch, request, params }) => {
		const form = await request.formData();
		const values = {
			email: String(form.get('email') ?? '').trim(),
			name: String(form.get('name') ?? ''),
			roles: form.getAll('roles').map(String),
		};
		const { apiPath } = await engagementOf(fetch, params.engagement);
		try {
			await api(fetch).post(`${apiPath}/people/invitations`, values);
		} catch (error) {
			const problem = formProblem(error);
			return fail(problem.status, { values, problem });
		}
		const invited = encodeURIComponent(values.name.trim());
		redirect(303, `/team/${params.engagement}/people?invited=${invited}`);
	},
	withdraw: async ({ fetch, request, params }) => {
		const id = String((await request.formData()).get('invitation') ?? '');
		const { apiPath } = await engagementOf(fetch, params.engagement);
		await api(fetch).delete(`${apiPath}/people/invitations/${encodeURIComponent(id)}`);
		redirect(303, `/team/${params.engagement}/people`);
	},
};
