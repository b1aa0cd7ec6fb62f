import type { SeatChoices } from '@throughline/api/client';
import { fail, redirect } from '@sveltejs/kit';
import { api } from '#lib/api.ts';
import { formProblem } from '#lib/problem.ts';
import { engagementOf } from '../../../engagement-of.ts';
import type { Actions, PageServerLoad } from './$types.js';

export const load: PageServerLoad = async ({ fetch, parent, params, url }) => {
	const { apiPath } = await parent();
	const path = `${apiPath}/voices/${encodeURIComponent(params.session)}/seats`;
	const { seats, words } = await api(fetch).get<SeatChoices>(path);
	return {
		seats,
		words,
		isDone: url.searchParams.has('done'),
	};
};

export const actions: Actions = {
	default: async ({ fetch, request, params }) => {
		const form = await request.formData();
		const read = (name: string) => String(form.get(name) ?? '');
		const values = { seat: read('seat'), choice: read('choice') };
		if (!form.has('said-yes') || values.seat === '' || values.choice === '') {
			return fail(422, { values, isUnread: !form.has('said-yes'), message: null });
		}
		const { apiPath } = await engagementOf(fetch, params.engagement);
		const [session, seat] = [params.session, values.seat].map(encodeURIComponent);
		try {
			await api(fetch).post(`${apiPath}/voices/${session}/seats/${seat}/withdrawal`, {
				choice: values.choice,
			});
		} catch (error) {
			const problem = formProblem(error);
			return fail(problem.status, { values, isUnread: false, message: problem.message });
		}
		redirect(303, '?done');
	},
};
