import type { DialogDetail, DialogLetter, SeatSlips } from '@throughline/api/client';
import { fail } from '@sveltejs/kit';
import { api } from '#lib/api.ts';
import { formProblem } from '#lib/problem.ts';
import { engagementOf } from '../../../engagement-of.ts';
import type { Actions, PageServerLoad } from './$types.js';

export const load: PageServerLoad = async ({ fetch, parent, params }) => {
	const { apiPath } = await parent();
	const path = `${apiPath}/dialogs/${params.session}`;
	return {
		dialog: await api(fetch).get<DialogDetail>(path),
		letter: await api(fetch).get<DialogLetter>(`${path}/letter`),
	};
};

export const actions: Actions = {
	default: async ({ fetch, request, params, setHeaders }) => {
		const form = await request.formData();
		const isReplacement = form.get('isReplacement') === 'yes';
		const { apiPath } = await engagementOf(fetch, params.engagement);
		// Codes are shown in this one answer: nothing on the way may keep or rewrite it.
		setHeaders({ 'cache-control': 'no-store, no-transform' });
		try {
			const path = `${apiPath}/dialogs/${params.session}/slips`;
			return { slips: await api(fetch).post<SeatSlips>(path, { isReplacement }), problem: null };
		} catch (refusal) {
			const problem = formProblem(refusal);
			return fail(problem.status, { slips: null, problem });
		}
	},
};
