import type { FindingView } from '@throughline/api/client';
import { fail } from '@sveltejs/kit';
import { api } from '#lib/api.ts';
import { changeFinding } from '../change-finding.ts';
import type { Actions, PageServerLoad } from './$types.js';

export const load: PageServerLoad = async ({ fetch, parent, params }) => {
	const { apiPath } = await parent();
	return { finding: await api(fetch).get<FindingView>(`${apiPath}/findings/${params.finding}`) };
};

export const actions: Actions = {
	default: async (event) => {
		const form = await event.request.formData();
		const values = {
			sentence: String(form.get('sentence') ?? ''),
			minorityView: String(form.get('minorityView') ?? ''),
		};
		const refused = await changeFinding(event, {
			version: Number(form.get('version')),
			change: () => values,
			then: `/team/${event.params.engagement}/findings/${event.params.finding}`,
		});
		return fail(refused.status, { ...refused.data, values });
	},
};
