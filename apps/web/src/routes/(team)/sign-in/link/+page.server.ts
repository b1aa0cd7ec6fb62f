import { fail, redirect } from '@sveltejs/kit';
import { api } from '#lib/api.ts';
import { formProblem } from '#lib/problem.ts';
import type { Actions, PageServerLoad } from './$types.js';

/** Opening the link does nothing yet: mail scanners and previews open links, too. */
export const load: PageServerLoad = ({ url }) => ({ token: url.searchParams.get('token') ?? '' });

export const actions: Actions = {
	default: async ({ fetch, request }) => {
		const token = String((await request.formData()).get('token') ?? '');
		try {
			await api(fetch).post('/api/auth/magic-link/verify', { token });
		} catch (error) {
			const problem = formProblem(error);
			return fail(problem.status, { problem });
		}
		redirect(303, '/team');
	},
};
