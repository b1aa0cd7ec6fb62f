import { redirect } from '@sveltejs/kit';
import { api } from '#lib/api.ts';
import type { Actions, PageServerLoad } from './$types.js';

/** Opened as a page there is nothing to see: signing out is what the form in the header does. */
export const load: PageServerLoad = () => redirect(303, '/sign-in');

export const actions: Actions = {
	default: async ({ fetch }) => {
		await api(fetch).post('/api/auth/sign-out');
		redirect(303, '/sign-in?out=1');
	},
};
