import { error, redirect } from '@sveltejs/kit';
import { problemIn } from '#lib/room/outbox.ts';
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
		const { code } = problemIn(await response.json().catch(() => null));
		if (code === 'confirmation_required') {
			// A file has no page to ask on: the export's own page is where the button is.
			const back = `/team/${params.engagement}/exports/${params.export}`;
			redirect(303, `/second-factor?confirm=1&next=${encodeURIComponent(back)}`);
		}
		error(response.status, 'These rows cannot be fetched.', { code: 'rows_not_fetched' });
	}
	const kept = ['content-type', 'content-disposition', 'cache-control'];
	const headers = new Headers(
		kept.map((name): [string, string] => [name, response.headers.get(name) ?? '']),
	);
	return new Response(response.body, { headers });
};
