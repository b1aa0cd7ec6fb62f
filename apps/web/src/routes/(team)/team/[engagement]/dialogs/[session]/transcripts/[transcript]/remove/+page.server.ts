import { fail, redirect } from '@sveltejs/kit';
import { formProblem } from '#lib/problem.ts';
import { engagementOf } from '../../../../../engagement-of.ts';
import { transcriptApi } from '../../transcript-api.ts';
import type { Actions, PageServerLoad } from './$types.js';

export const load: PageServerLoad = async ({ fetch, parent, params }) => {
	const { apiPath } = await parent();
	const one = transcriptApi(fetch, { apiPath, session: params.session }).of(params.transcript);
	return { view: await one.view(), use: await one.use() };
};

export const actions: Actions = {
	default: async ({ fetch, params }) => {
		const { apiPath } = await engagementOf(fetch, params.engagement);
		const calls = transcriptApi(fetch, { apiPath, session: params.session });
		try {
			await calls.of(params.transcript).remove();
		} catch (error) {
			const problem = formProblem(error);
			return fail(problem.status, { problem });
		}
		redirect(303, `/team/${params.engagement}/dialogs/${params.session}/transcripts?removed`);
	},
};
