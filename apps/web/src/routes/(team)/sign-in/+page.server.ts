import type { SecondFactorView, WaysIn } from '@throughline/api/client';
import { fail, redirect } from '@sveltejs/kit';
import { api, ApiProblem } from '#lib/api.ts';
import { formProblem } from '#lib/problem.ts';
import type { Actions, PageServerLoad } from './$types.js';

export const load: PageServerLoad = async ({ fetch, url }) => {
	if (await isHalfWay(fetch)) {
		redirect(303, '/second-factor');
	}
	return {
		ways: await api(fetch).get<WaysIn>('/api/session/ways-in'),
		hasSignedOut: url.searchParams.has('out'),
		isRefused: url.searchParams.has('refused'),
	};
};

/** Signed in by a link, and the second step is still to come. */
async function isHalfWay(fetch: typeof globalThis.fetch): Promise<boolean> {
	try {
		const view = await api(fetch).get<SecondFactorView>('/api/session/second-factor');
		return view.isNeeded && !view.isProved;
	} catch (error) {
		if (error instanceof ApiProblem && error.status === 401) {
			return false;
		}
		throw error;
	}
}

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
