import type { AuditChoices, AuditVerification, AuditView } from '@throughline/api/client';
import { api } from '#lib/api.ts';
import { type FormProblem, formProblem } from '#lib/problem.ts';
import { narrowedBy } from './narrowed.ts';
import type { PageServerLoad } from './$types.js';

export const load: PageServerLoad = async ({ fetch, parent, url }) => {
	const { apiPath } = await parent();
	const narrowed = narrowedBy(url.searchParams);
	const query = new URLSearchParams({ ...narrowed, page: url.searchParams.get('page') ?? '1' });
	const get = api(fetch).get;
	let audit: AuditView | null = null;
	let problem: FormProblem | null = null;
	try {
		audit = await get<AuditView>(`${apiPath}/audit?${query}`);
	} catch (error) {
		problem = formProblem(error);
		if (problem.status !== 422) {
			throw error;
		}
	}
	return {
		narrowed,
		audit,
		problem,
		choices: await get<AuditChoices>(`${apiPath}/audit/choices`),
		record: await get<AuditVerification>(`${apiPath}/audit/verification`),
	};
};
