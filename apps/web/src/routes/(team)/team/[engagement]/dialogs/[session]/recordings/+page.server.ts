import { fail, redirect } from '@sveltejs/kit';
import type { RecordingList } from '@throughline/api/client';
import { api } from '#lib/api.ts';
import { formProblem } from '#lib/problem.ts';
import { engagementOf } from '../../../engagement-of.ts';
import type { Actions, PageServerLoad } from './$types.js';

export const load: PageServerLoad = async ({ fetch, parent, params, url }) => {
	const { apiPath } = await parent();
	const path = `${apiPath}/dialogs/${encodeURIComponent(params.session)}/recordings`;
	const { recordings } = await api(fetch).get<RecordingList>(path);
	return {
		recordings,
		path,
		sessionId: params.session,
		isDeleted: url.searchParams.has('deleted'),
	};
};

export const actions: Actions = {
	delete: async ({ fetch, params, request, url }) => {
		const { apiPath } = await engagementOf(fetch, params.engagement);
		const recordingId = url.searchParams.get('recording') ?? '';
		const reason = String((await request.formData()).get('reason') ?? '');
		const id = encodeURIComponent(recordingId);
		const path = `${apiPath}/dialogs/${encodeURIComponent(params.session)}/recordings/${id}`;
		try {
			await api(fetch).delete(path, { reason });
		} catch (error) {
			const problem = formProblem(error);
			return fail(problem.status, { problem, recordingId, reason });
		}
		redirect(303, '?deleted');
	},
};
