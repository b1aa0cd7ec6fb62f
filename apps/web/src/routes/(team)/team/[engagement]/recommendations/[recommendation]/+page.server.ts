import type { RecommendationView } from '@throughline/api/client';
import { fail, redirect } from '@sveltejs/kit';
import { api } from '#lib/api.ts';
import { formProblem } from '#lib/problem.ts';
import { engagementOf } from '../../engagement-of.ts';
import { openFlags } from '../../flags/open-flags.ts';
import type { Actions, PageServerLoad } from './$types.js';

export const load: PageServerLoad = async ({ fetch, parent, params, url }) => {
	const { apiPath } = await parent();
	const path = `${apiPath}/recommendations/${params.recommendation}`;
	const recommendation = await api(fetch).get<RecommendationView>(path);
	const target = { type: 'recommendation' as const, id: recommendation.id };
	return {
		recommendation,
		openFlags: await openFlags(fetch, apiPath, target),
		focus: url.searchParams.get('focus'),
		address: url.pathname,
	};
};

interface Event {
	fetch: typeof globalThis.fetch;
	params: { engagement: string; recommendation: string };
}

async function send(
	{ fetch, params }: Event,
	options: { method: 'post' | 'put'; step: string; body: unknown },
) {
	const { apiPath } = await engagementOf(fetch, params.engagement);
	const path = `${apiPath}/recommendations/${encodeURIComponent(params.recommendation)}`;
	try {
		await api(fetch)[options.method](`${path}/${options.step}`, options.body);
	} catch (error) {
		const problem = formProblem(error);
		return fail(problem.status, { problem, sent: options.body });
	}
	return redirect(303, `/team/${params.engagement}/recommendations/${params.recommendation}`);
}

export const actions: Actions = {
	move: async (event) => {
		const form = await event.request.formData();
		const body = {
			status: String(form.get('status') ?? ''),
			reason: String(form.get('reason') ?? ''),
			version: Number(form.get('version')),
		};
		return send(event, { method: 'post', step: 'status', body });
	},
	link: async (event) => {
		const form = await event.request.formData();
		const body = {
			findingIds: form.getAll('findingIds').map(String),
			version: Number(form.get('version')),
		};
		return send(event, { method: 'put', step: 'findings', body });
	},
};
