import type { WaysIn } from '@throughline/api/client';
import { fail, redirect } from '@sveltejs/kit';
import { api } from '#lib/api.ts';
import { formProblem } from '#lib/problem.ts';
import type { Actions, PageServerLoad } from './$types.js';

export const load: PageServerLoad = async ({ fetch, url }) => ({
	ways: await api(fetch).get<WaysIn>('/api/session/ways-in'),
	hasSignedOut: url.searchParams.has('out'),
	isRefused: url.searchParams.has('refused'),
});

export const actions: Actions = {
	link: async ({ fetch, request }) => {
		const email = String((await request.formData()).get('email') ?? '').trim();
		try {
			await api(fetch).post('/api/auth/sign-in/magic-link', { email });
		} catch (error) {
			const problem = formProblem(error);
			return fail(problem.status, { email, problem, isAsked: false });
		}
		return { email, problem: null, isAsked: true };
	},
	district: async ({ fetch }) => {
		const { url } = await api(fetch).post<{ url: string }>('/api/auth/sign-in/district');
		redirect(303, url, { external: true });
	},
	sample: async ({ fetch, request }) => {
		const email = String((await request.formData()).get('email') ?? '');
		const { link } = await api(fetch).post<{ link: string }>('/api/session/sample', { email });
		const { pathname, search } = new URL(link);
		redirect(303, pathname + search);
	},
};
