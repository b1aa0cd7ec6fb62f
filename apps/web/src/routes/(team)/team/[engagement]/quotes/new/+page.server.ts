import { fail, redirect } from '@sveltejs/kit';
import type { QuoteSource } from '@throughline/api/client';
import { api } from '#lib/api.ts';
import { formProblem } from '#lib/problem.ts';
import { engagementOf } from '../../engagement-of.ts';
import type { Actions, PageServerLoad } from './$types.js';

export const load: PageServerLoad = async ({ fetch, parent, url }) => {
	const { apiPath } = await parent();
	const id = encodeURIComponent(url.searchParams.get('excerpt') ?? '');
	return { source: await api(fetch).get<QuoteSource>(`${apiPath}/quotes/sources/${id}`) };
};

export const actions: Actions = {
	default: async ({ fetch, request, params, url }) => {
		const form = await request.formData();
		const { apiPath, engagement } = await engagementOf(fetch, params.engagement);
		let id: string;
		try {
			const span = {
				excerptId: url.searchParams.get('excerpt') ?? '',
				startAt: Number(form.get('from') ?? ''),
				endAt: Number(form.get('to') ?? ''),
			};
			({ id } = await api(fetch).post<{ id: string }>(`${apiPath}/quotes`, span));
		} catch (error) {
			const problem = formProblem(error);
			return fail(problem.status, { problem });
		}
		redirect(303, `/team/${engagement.slug}/quotes/${id}?proposed`);
	},
};
