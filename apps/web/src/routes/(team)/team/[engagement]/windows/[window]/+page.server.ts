import type { WindowDetail } from '@throughline/api/client';
import { fail, redirect } from '@sveltejs/kit';
import { api } from '#lib/api.ts';
import { formProblem } from '#lib/problem.ts';
import { engagementOf } from '../../engagement-of.ts';
import type { Actions, PageServerLoad } from './$types.js';

export const load: PageServerLoad = async ({ fetch, parent, params, url }) => {
	const { apiPath } = await parent();
	return {
		window: await api(fetch).get<WindowDetail>(`${apiPath}/windows/${params.window}`),
		isNew: url.searchParams.has('made'),
	};
};

async function send(
	{
		fetch,
		params,
	}: { fetch: typeof globalThis.fetch; params: { engagement: string; window: string } },
	method: 'post' | 'delete',
	step: string,
) {
	const { apiPath } = await engagementOf(fetch, params.engagement);
	try {
		await api(fetch)[method](`${apiPath}/windows/${params.window}${step}`);
	} catch (error) {
		const problem = formProblem(error);
		return fail(problem.status, { problem });
	}
	const list = `/team/${params.engagement}/windows`;
	return redirect(303, method === 'delete' ? list : `${list}/${params.window}`);
}

export const actions: Actions = {
	open: (event) => send(event, 'post', '/open'),
	close: (event) => send(event, 'post', '/close'),
	delete: (event) => send(event, 'delete', ''),
};
