import type { ReleaseDetail } from '@throughline/api/client';
import { fail, redirect } from '@sveltejs/kit';
import { api } from '#lib/api.ts';
import { formProblem } from '#lib/problem.ts';
import { engagementOf } from '../../engagement-of.ts';
import { openFlags } from '../../flags/open-flags.ts';
import { readReleaseForm } from '../release-form.ts';
import type { Actions, PageServerLoad } from './$types.js';

export const load: PageServerLoad = async ({ fetch, parent, params, url }) => {
	const { apiPath } = await parent();
	const { release } = await api(fetch).get<{ release: ReleaseDetail }>(
		`${apiPath}/releases/${params.release}`,
	);
	return {
		release,
		done: url.searchParams.get('done'),
		openFlags: await openFlags(fetch, apiPath, { type: 'release', id: release.id }),
	};
};

export const actions: Actions = {
	approve: async ({ fetch, request, params }) => {
		const sent = await request.formData();
		const hash = String(sent.get('hash') ?? '');
		const accepted = sent.getAll('accepted').map(String);
		const { apiPath } = await engagementOf(fetch, params.engagement);
		let status: string;
		try {
			({ status } = await api(fetch).post<{ status: string }>(
				`${apiPath}/releases/${params.release}/approvals`,
				{ hash, accepted },
			));
		} catch (error) {
			const problem = formProblem(error);
			return fail(problem.status, { problem, values: null });
		}
		redirect(303, `/team/${params.engagement}/releases/${params.release}?done=${status}`);
	},
	prepare: async ({ fetch, request, params }) => {
		const values = readReleaseForm(await request.formData());
		const { apiPath } = await engagementOf(fetch, params.engagement);
		try {
			await api(fetch).put(`${apiPath}/releases/${params.release}`, values);
		} catch (error) {
			const problem = formProblem(error);
			return fail(problem.status, { problem, values });
		}
		redirect(303, `/team/${params.engagement}/releases/${params.release}?done=prepared`);
	},
};
