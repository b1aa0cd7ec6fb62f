import { fail, redirect } from '@sveltejs/kit';
import type { QuoteView } from '@throughline/api/client';
import { api } from '#lib/api.ts';
import { formProblem } from '#lib/problem.ts';
import { engagementOf } from '../../engagement-of.ts';
import type { Actions, PageServerLoad } from './$types.js';

export const load: PageServerLoad = async ({ fetch, parent, params, url }) => {
	const { apiPath } = await parent();
	const id = encodeURIComponent(params.quote);
	return {
		quote: await api(fetch).get<QuoteView>(`${apiPath}/quotes/${id}`),
		isProposed: url.searchParams.has('proposed'),
		isSaved: url.searchParams.has('saved'),
	};
};

export const actions: Actions = {
	clear: async ({ fetch, request, params }) => {
		const form = await request.formData();
		const values = {
			verdict: String(form.get('verdict') ?? ''),
			reason: String(form.get('reason') ?? ''),
		};
		const isCleared = { clear: true, block: false }[values.verdict];
		return change({ fetch, params, values }, (call, path) =>
			call.put(`${path}/clearance`, { isCleared, reason: values.reason }),
		);
	},
	unsay: ({ fetch, params }) =>
		change({ fetch, params, values: null }, (call, path) => call.delete(`${path}/clearance`)),
	withdraw: ({ fetch, params }) =>
		change({ fetch, params, values: null }, (call, path) => call.post(`${path}/withdrawal`)),
};

async function change(
	event: {
		fetch: typeof globalThis.fetch;
		params: { engagement: string; quote: string };
		values: { verdict: string; reason: string } | null;
	},
	work: (call: ReturnType<typeof api>, path: string) => Promise<unknown>,
) {
	const { fetch, params, values } = event;
	const { apiPath } = await engagementOf(fetch, params.engagement);
	try {
		await work(api(fetch), `${apiPath}/quotes/${encodeURIComponent(params.quote)}`);
	} catch (error) {
		const problem = formProblem(error);
		return fail(problem.status, { values, problem });
	}
	redirect(303, '?saved');
}
