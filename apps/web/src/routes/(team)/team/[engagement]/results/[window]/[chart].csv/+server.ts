import { error } from '@sveltejs/kit';
import { engagementOf } from '../../../engagement-of.ts';
import type { RequestHandler } from './$types.js';

/** The file of a chart, as the API makes it from the same protected figures. */
export const GET: RequestHandler = async ({ fetch, params }) => {
	const { apiPath } = await engagementOf(fetch, params.engagement);
	const [window, chart] = [params.window, params.chart].map(encodeURIComponent);
	const response = await fetch(`${apiPath}/results/${window}/charts/${chart}/csv`);
	if (!response.ok) {
		error(response.status === 403 ? 403 : 404, 'There is no such chart.', { code: 'not_found' });
	}
	const kept = ['content-type', 'content-disposition'];
	const headers = new Headers(
		kept.map((name): [string, string] => [name, response.headers.get(name) ?? '']),
	);
	return new Response(response.body, { headers });
};
