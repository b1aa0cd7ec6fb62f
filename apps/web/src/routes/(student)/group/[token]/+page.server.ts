import type { GroupPage } from '@throughline/api/client';
import { fail, redirect } from '@sveltejs/kit';
import { api } from '#lib/api.ts';
import { formProblem } from '#lib/problem.ts';
import type { Actions, PageServerLoad } from './$types';

export const load: PageServerLoad = async ({ fetch, params, locals, url }) => {
	const page = Number(url.searchParams.get('page') ?? '1') || 1;
	const group = groupApi(fetch, params.token);
	return {
		language: locals.language,
		group: await group.get<GroupPage>(`/api/group?page=${page}`),
		isDone: url.searchParams.has('done'),
		/** The page's address without what a form added to it. */
		path: url.pathname,
	};
};

export const actions: Actions = {
	answer: async ({ fetch, params, request, url }) => {
		const form = await request.formData();
		const read = (name: string) => String(form.get(name) ?? '');
		const values = { excerptId: read('excerpt'), kind: read('kind'), text: read('text') };
		try {
			await groupApi(fetch, params.token).post('/api/group/answers', values);
		} catch (error) {
			const problem = formProblem(error);
			const code = problem.fields['text'] ? 'text' : problem.code;
			return fail(problem.status, { ...values, problem: code });
		}
		const back = new URLSearchParams({ done: '1' });
		for (const name of ['page', 'lang']) {
			const value = url.searchParams.get(name);
			if (value !== null) {
				back.set(name, value);
			}
		}
		redirect(303, `${url.pathname}?${back.toString()}`);
	},
};

/** The API with the group's token in a header: it is in no address but the page's own. */
function groupApi(fetch: typeof globalThis.fetch, token: string) {
	return api((input, init) => {
		const headers = new Headers(init?.headers);
		headers.set('x-group-token', token);
		return fetch(input, { ...init, headers });
	});
}
