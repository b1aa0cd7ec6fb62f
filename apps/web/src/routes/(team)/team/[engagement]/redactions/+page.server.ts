import type { RedactionLog } from '@throughline/api/client';
import { fail } from '@sveltejs/kit';
import { api } from '#lib/api.ts';
import { formProblem } from '#lib/problem.ts';
import { engagementOf } from '../engagement-of.ts';
import type { Actions, PageServerLoad } from './$types.js';

export const load: PageServerLoad = async ({ fetch, parent, url }) => {
	const { apiPath } = await parent();
	const page = Number(url.searchParams.get('page') ?? '1');
	return { log: await api(fetch).get<RedactionLog>(`${apiPath}/redactions?page=${page}`) };
};

export const actions: Actions = {
	default: async ({ fetch, params, request }) => {
		const { apiPath } = await engagementOf(fetch, params.engagement);
		const form = await request.formData();
		const id = encodeURIComponent(String(form.get('redaction') ?? ''));
		try {
			await api(fetch).put(`${apiPath}/redactions/${id}`, { status: form.get('status') });
		} catch (error) {
			const problem = formProblem(error);
			return fail(problem.status, { problem });
		}
		return { problem: null };
	},
};
