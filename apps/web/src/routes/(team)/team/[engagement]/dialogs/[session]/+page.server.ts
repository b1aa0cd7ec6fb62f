import type { DialogDetail } from '@throughline/api/client';
import { fail, redirect } from '@sveltejs/kit';
import { api } from '#lib/api.ts';
import { formProblem } from '#lib/problem.ts';
import { engagementOf } from '../../engagement-of.ts';
import type { Actions, PageServerLoad, RequestEvent } from './$types.js';

export const load: PageServerLoad = async ({ fetch, parent, params, url }) => {
	const { apiPath } = await parent();
	return {
		dialog: await api(fetch).get<DialogDetail>(`${apiPath}/dialogs/${params.session}`),
		isNew: url.searchParams.has('made'),
	};
};

async function move({ fetch, params, request }: RequestEvent, step: 'cancel' | 'bring-back') {
	const form = await request.formData();
	const reason = String(form.get('reason') ?? '');
	const version = Number(form.get('version'));
	const { apiPath } = await engagementOf(fetch, params.engagement);
	try {
		await api(fetch).post(`${apiPath}/dialogs/${params.session}/${step}`, { reason, version });
	} catch (error) {
		const problem = formProblem(error);
		return fail(problem.status, { problem, reason });
	}
	return redirect(303, `/team/${params.engagement}/dialogs/${params.session}`);
}

async function setGate({ fetch, params, request }: RequestEvent, isDone: boolean) {
	const form = await request.formData();
	const step = encodeURIComponent(String(form.get('step') ?? ''));
	const { apiPath } = await engagementOf(fetch, params.engagement);
	const path = `${apiPath}/dialogs/${params.session}/gates/${step}`;
	try {
		await (isDone ? api(fetch).put(path) : api(fetch).delete(path));
	} catch (error) {
		const problem = formProblem(error);
		return fail(problem.status, { problem, reason: '' });
	}
	return redirect(303, `/team/${params.engagement}/dialogs/${params.session}#gates`);
}

export const actions: Actions = {
	cancel: (event) => move(event, 'cancel'),
	bringBack: (event) => move(event, 'bring-back'),
	tick: (event) => setGate(event, true),
	untick: (event) => setGate(event, false),
};
