import type { FlagList } from '@throughline/api/client';
import { fail, redirect } from '@sveltejs/kit';
import { api } from '#lib/api.ts';
import { formProblem } from '#lib/problem.ts';
import { engagementOf } from '../engagement-of.ts';
import type { Actions, PageServerLoad } from './$types.js';

export const load: PageServerLoad = async ({ fetch, parent, url }) => {
	const { apiPath, engagement } = await parent();
	const page = Number(url.searchParams.get('page') ?? '1');
	const mayResolve = ['advisory_member', 'administrator', 'data_steward'];
	return {
		list: await api(fetch).get<FlagList>(`${apiPath}/flags?page=${page}`),
		canResolve: engagement.roles.some((role) => mayResolve.includes(role)),
		isSaved: url.searchParams.has('saved'),
	};
};

export const actions: Actions = {
	default: async ({ fetch, request, params }) => {
		const form = await request.formData();
		const flag = String(form.get('flag') ?? '');
		const note = String(form.get('note') ?? '');
		const { apiPath } = await engagementOf(fetch, params.engagement);
		try {
			const path = `${apiPath}/flags/${encodeURIComponent(flag)}/resolution`;
			await api(fetch).post(path, { note });
		} catch (error) {
			const problem = formProblem(error);
			return fail(problem.status, { flag, note, problem });
		}
		redirect(303, '?saved');
	},
};
