import type { DialogOptions } from '@throughline/api/client';
import { fail, redirect } from '@sveltejs/kit';
import { api } from '#lib/api.ts';
import { formProblem } from '#lib/problem.ts';
import { engagementOf } from '../../engagement-of.ts';
import { dialogBody, readDialogForm } from '../dialog-form.ts';
import type { Actions, PageServerLoad } from './$types.js';

export const load: PageServerLoad = async ({ fetch, parent }) => {
	const { apiPath } = await parent();
	return { options: await api(fetch).get<DialogOptions>(`${apiPath}/dialogs/options`) };
};

export const actions: Actions = {
	default: async ({ fetch, request, params }) => {
		const values = readDialogForm(await request.formData());
		const { apiPath } = await engagementOf(fetch, params.engagement);
		let id: string;
		try {
			({ id } = await api(fetch).post<{ id: string }>(`${apiPath}/dialogs`, dialogBody(values)));
		} catch (error) {
			const problem = formProblem(error);
			return fail(problem.status, { values, problem });
		}
		redirect(303, `/team/${params.engagement}/dialogs/${id}?made=1`);
	},
};
