import type { FindingOptions } from '@throughline/api/client';
import { fail, redirect } from '@sveltejs/kit';
import { api } from '#lib/api.ts';
import { formProblem } from '#lib/problem.ts';
import { engagementOf } from '../../engagement-of.ts';
import { readTable, readTableValues } from '../table-value.ts';
import type { Actions, PageServerLoad } from './$types.js';

/** `?by=race` chooses a breakdown: from results by race one comes to write about them. */
export const load: PageServerLoad = async ({ fetch, parent, url }) => {
	const { apiPath } = await parent();
	return {
		options: await api(fetch).get<FindingOptions>(`${apiPath}/findings/options`),
		table: { table: '', breakdown: url.searchParams.get('by') ?? '' },
	};
};

export const actions: Actions = {
	default: async ({ fetch, request, params }) => {
		const form = await request.formData();
		const values = {
			sentence: String(form.get('sentence') ?? ''),
			minorityView: String(form.get('minorityView') ?? ''),
		};
		const table = readTable(form);
		const { apiPath } = await engagementOf(fetch, params.engagement);
		let id: string;
		try {
			({ id } = await api(fetch).post<{ id: string }>(`${apiPath}/findings`, {
				...values,
				tables: table === null ? [] : [table],
			}));
		} catch (error) {
			const problem = formProblem(error);
			return fail(problem.status, { values, table: readTableValues(form), problem });
		}
		redirect(303, `/team/${params.engagement}/findings/${id}?made=1`);
	},
};
