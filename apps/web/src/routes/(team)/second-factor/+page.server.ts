import type { EnrolmentView, SecondFactorView } from '@throughline/api/client';
import { fail, redirect } from '@sveltejs/kit';
import { api, ApiProblem } from '#lib/api.ts';
import { ownPath } from '#lib/confirm.ts';
import { formProblem } from '#lib/problem.ts';
import type { Actions, PageServerLoad } from './$types.js';

const PATH = '/api/session/second-factor';

/** The second step: to set up for who has none yet or asks for a new one, else to prove. */
export const load: PageServerLoad = async ({ fetch, url }) => {
	const next = ownPath(url.searchParams.get('next'));
	const isConfirmation = url.searchParams.has('confirm');
	try {
		const view = await api(fetch).get<SecondFactorView>(PATH);
		const isNew = !view.isSetUp || (view.isProved && url.searchParams.has('new'));
		const key = isNew ? await api(fetch).post<EnrolmentView>(`${PATH}/key`) : null;
		return { next, key, isConfirmation };
	} catch (error) {
		if (error instanceof ApiProblem && error.status === 401) {
			redirect(303, '/sign-in');
		}
		if (error instanceof ApiProblem && error.code === 'confirmation_required') {
			// Who wants a new one proves the old one first, and comes back.
			return { next: '/team/account', key: null, isConfirmation: true };
		}
		throw error;
	}
};

export const actions: Actions = {
	enrol: async ({ fetch, request }) => {
		const code = String((await request.formData()).get('code') ?? '');
		try {
			const { recoveryCodes } = await api(fetch).post<{ recoveryCodes: string[] }>(PATH, { code });
			return { recoveryCodes, problem: null };
		} catch (error) {
			const problem = formProblem(error);
			return fail(problem.status, { recoveryCodes: null, problem });
		}
	},
	prove: async ({ fetch, request, url }) => {
		const code = String((await request.formData()).get('code') ?? '');
		try {
			await api(fetch).post(`${PATH}/proof`, { code });
		} catch (error) {
			const problem = formProblem(error);
			return fail(problem.status, { recoveryCodes: null, problem });
		}
		redirect(303, ownPath(url.searchParams.get('next')));
	},
};
