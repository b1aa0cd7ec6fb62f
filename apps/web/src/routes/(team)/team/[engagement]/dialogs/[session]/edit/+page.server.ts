import type { DialogDetail, DialogOptions } from '@throughline/api/client';
import { fail, redirect } from '@sveltejs/kit';
import { api } from '#lib/api.ts';
import { formProblem } from '#lib/problem.ts';
import { engagementOf } from '../../../engagement-of.ts';
import { dialogBody, readDialogForm } from '../../dialog-form.ts';
import type { Actions, PageServerLoad } from './$types.js';

export const load: PageServerLoad = async ({ fetch, parent, params }) => {
	const { apiPath } = await parent();
	return {
		dialog: await api(fetch).get<DialogDetail>(`${apiPath}/dialogs/${params.session}`),
		options: await api(fetch).get<DialogOptions>(`${apiPath}/dialogs/options`),
	};
};

export const actions: Actions = {
	default: async ({ fetch, request, params }) => {
		const form = await request.formData();
		const values = readDialogForm(form);
		const version = Number(form.get('version'));
		const { apiPath } = await engagementOf(fetch, params.engagement);
		try {
			await api(fetch).put(`${apiPath}/dialogs/${params.session}`, {
				...dialogBody(values),
				version,
			});
		} catch (error) {
			const problem = formProblem(error);
			return fail(problem.status, { values, problem });
		}
		redirect(303, `/team/${params.engagement}/dialogs/${params.session}`);
	},
};
