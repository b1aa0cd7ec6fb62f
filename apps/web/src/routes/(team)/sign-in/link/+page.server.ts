import { fail, redirect } from '@sveltejs/kit';
import { api, ApiProblem } from '#lib/api.ts';
import { linkProblem } from './link-problem.ts';
import type { Actions, PageServerLoad } from './$types.js';

/** Opening the link does nothing yet: mail scanners and previews open links, too. */
export const load: PageServerLoad = ({ url }) => ({ token: url.searchParams.get('token') ?? '' });

export const actions: Actions = {
	default: async ({ fetch, request }) => {
		const token = String((await request.formData()).get('token') ?? '');
		try {
			await api(fetch).post('/api/auth/magic-link/verify', { token });
		} catch (error) {
			if (!(error instanceof ApiProblem)) {
				throw error;
			}
			// A server's fault is told here too: the button stands beside it, to be pressed again.
			return fail(error.status, { problem: linkProblem(error) });
		}
		redirect(303, '/team');
	},
};
