import { error } from '@sveltejs/kit';
import { engagementOf } from '../../../engagement-of.ts';
import type { RequestHandler } from './$types.js';

/** The file of an approved row export. It is made once, so it is asked for by POST. */
export const POST: RequestHandler = async ({ fetch, params }) => {
	const { apiPath } = await engagementOf(fetch, params.engagement);
	const path = `${apiPath}/exports/${encodeURIComponent(params.export)}/file`;
	const response = await fetch(path, {
		method: 'POST',
		headers: { 'content-type': 'application/json' },
		body: '{}',
	});
	if (!response.ok) {
		error(response.status, 'These rows cannot be fetched.', { code: 'rows_not_fetched' });
	}
	const kept = ['content-type', 'content-disposition', 'cache-control'];
	const headers = new Headers(
		kept.map((name): [string, string] => [name, response.headers.get(name) ?? '']),
	);
	return new Response(response.body, { headers });
};
