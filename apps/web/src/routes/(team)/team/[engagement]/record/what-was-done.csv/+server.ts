import { error } from '@sveltejs/kit';
import { engagementOf } from '../../engagement-of.ts';
import { narrowedBy } from '../narrowed.ts';
import type { RequestHandler } from './$types.js';

/** The record of changes as a file, narrowed as the page is that links here. */
export const GET: RequestHandler = async ({ fetch, params, url }) => {
	const { apiPath } = await engagementOf(fetch, params.engagement);
	const query = new URLSearchParams(narrowedBy(url.searchParams));
	const response = await fetch(`${apiPath}/audit/csv?${query}`);
	if (!response.ok) {
		error(response.status, 'The record cannot be fetched.', { code: 'record_not_fetched' });
	}
	const kept = ['content-type', 'content-disposition'];
	const headers = new Headers(
		kept.map((name): [string, string] => [name, response.headers.get(name) ?? '']),
	);
	return new Response(response.body, { headers });
};
