import type { CodesView, Slips, WindowDetail } from '@throughline/api/client';
import { error, fail } from '@sveltejs/kit';
import { api } from '#lib/api.ts';
import { formProblem } from '#lib/problem.ts';
import { engagementOf } from '../../../../engagement-of.ts';
import type { Actions, PageServerLoad } from './$types.js';

export const load: PageServerLoad = async ({ fetch, parent, params }) => {
	const { apiPath } = await parent();
	const path = `${apiPath}/windows/${params.window}`;
	const codes = await api(fetch).get<CodesView>(`${path}/codes`);
	const index = codes.cohorts.findIndex(({ id }) => id === params.cohort);
	const cohort = codes.cohorts[index];
	if (!cohort) {
		error(404, 'There is nothing at this address.', { code: 'not_found' });
	}
	const rest = [...codes.cohorts.slice(index + 1), ...codes.cohorts.slice(0, index)];
	return {
		window: await api(fetch).get<WindowDetail>(path),
		cohort,
		/** The next grade without codes. */
		next: rest.find(({ codesMade, eligible }) => codesMade === 0 && eligible > 0) ?? null,
	};
};

export const actions: Actions = {
	default: async ({ fetch, request, params, setHeaders }) => {
		const form = await request.formData();
		const sparePercent = String(form.get('sparePercent') ?? '');
		const isReplacement = form.get('isReplacement') === 'yes';
		const { apiPath } = await engagementOf(fetch, params.engagement);
		// Codes are shown in this one answer: nothing on the way may keep or rewrite it.
		setHeaders({ 'cache-control': 'no-store, no-transform' });
		try {
			const slips = await api(fetch).post<Slips>(
				`${apiPath}/windows/${params.window}/codes/${params.cohort}`,
				{ sparePercent: sparePercent === '' ? undefined : sparePercent, isReplacement },
			);
			return { slips, problem: null, sparePercent };
		} catch (refusal) {
			const problem = formProblem(refusal);
			return fail(problem.status, { slips: null, problem, sparePercent });
		}
	},
};
