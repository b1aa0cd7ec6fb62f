import { fail, redirect } from '@sveltejs/kit';
import { formProblem } from '#lib/problem.ts';
import { engagementOf } from '../../../engagement-of.ts';
import { transcriptApi } from './transcript-api.ts';
import type { Actions, PageServerLoad } from './$types.js';

export const load: PageServerLoad = async ({ fetch, parent, params, url }) => {
	const { apiPath } = await parent();
	const api = transcriptApi(fetch, { apiPath, session: params.session });
	return {
		list: await api.list(),
		speech: (await api.speech()).jobs,
		isRemoved: url.searchParams.has('removed'),
	};
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
		// Elsewhere, so that loading the page again does not start it anew.
		redirect(303, `/team/${params.engagement}/dialogs/${params.session}/transcripts`);
	},
};
