import type { RowExportReport, RowExportView } from '@throughline/api/client';
import { fail, redirect } from '@sveltejs/kit';
import { api } from '#lib/api.ts';
import { formProblem } from '#lib/problem.ts';
import { engagementOf } from '../../engagement-of.ts';
import type { Actions, PageServerLoad } from './$types.js';

export const load: PageServerLoad = async ({ fetch, parent, params, url }) => {
	const { apiPath } = await parent();
	const { export: rowExport, report } = await api(fetch).get<{
		export: RowExportView;
		report: RowExportReport;
	}>(`${apiPath}/exports/${encodeURIComponent(params.export)}`);
	return { rowExport, report, done: url.searchParams.get('done') };
};

export const actions: Actions = {
	decide: async ({ fetch, request, params }) => {
		const sent = await request.formData();
		const values = {
			verdict: String(sent.get('verdict') ?? ''),
			reason: String(sent.get('reason') ?? ''),
		};
		const isApproved = { yes: true, no: false }[values.verdict];
		const { apiPath } = await engagementOf(fetch, params.engagement);
		try {
			await api(fetch).post(`${apiPath}/exports/${encodeURIComponent(params.export)}/decision`, {
				isApproved,
				reason: values.reason,
			});
		} catch (error) {
			const problem = formProblem(error);
			return fail(problem.status, { values, problem });
		}
		redirect(303, '?done=decided');
	},
};
