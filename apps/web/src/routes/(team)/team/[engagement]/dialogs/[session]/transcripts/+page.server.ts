import { fail, redirect } from '@sveltejs/kit';
import { formProblem } from '#lib/problem.ts';
import { engagementOf } from '../../../engagement-of.ts';
import { transcriptApi } from './transcript-api.ts';
import type { Actions, PageServerLoad } from './$types.js';

export const load: PageServerLoad = async ({ fetch, parent, params }) => {
	const { apiPath } = await parent();
	const api = transcriptApi(fetch, { apiPath, session: params.session });
	return { list: await api.list(), speech: (await api.speech()).jobs };
};

export const actions: Actions = {
	notes: async ({ fetch, params }) => {
		const { apiPath } = await engagementOf(fetch, params.engagement);
		const api = transcriptApi(fetch, { apiPath, session: params.session });
		let id: string;
		try {
			({ transcriptId: id } = await api.takeNotes());
		} catch (error) {
			const problem = formProblem(error);
			return fail(problem.status, { problem });
		}
		redirect(303, `/team/${params.engagement}/dialogs/${params.session}/transcripts/${id}`);
	},
	speech: async ({ fetch, params, request }) => {
		const { apiPath } = await engagementOf(fetch, params.engagement);
		const api = transcriptApi(fetch, { apiPath, session: params.session });
		const form = await request.formData();
		const recordingId = String(form.get('recordingId') ?? '');
		try {
			await (form.has('cancel')
				? api.cancelSpeech(recordingId)
				: api.startSpeech({ recordingId, language: String(form.get('language') ?? 'en') }));
		} catch (error) {
			const problem = formProblem(error);
			return fail(problem.status, { problem });
		}
		return { problem: null };
	},
	remove: async ({ fetch, params, request }) => {
		const { apiPath } = await engagementOf(fetch, params.engagement);
		const api = transcriptApi(fetch, { apiPath, session: params.session });
		const id = String((await request.formData()).get('transcript') ?? '');
		try {
			await api.of(id).remove();
		} catch (error) {
			const problem = formProblem(error);
			return fail(problem.status, { problem });
		}
		return { problem: null };
	},
};
