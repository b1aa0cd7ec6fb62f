import { error, redirect } from '@sveltejs/kit';
import { problemIn } from '#lib/room/outbox.ts';
import { engagementOf } from '../../../../../engagement-of.ts';
import type { RequestHandler } from './$types.js';

/** A recording as it came, for who has confirmed that it is them. */
export const GET: RequestHandler = async ({ fetch, params, request, url }) => {
	const { apiPath } = await engagementOf(fetch, params.engagement);
	const [session, recording] = [params.session, params.recording].map(encodeURIComponent);
	const segment = encodeURIComponent(url.searchParams.get('segment') ?? '0');
	const path = `${apiPath}/dialogs/${session}/recordings/${recording}/original?segment=${segment}`;
	const range = request.headers.get('range');
	const response = await fetch(path, { headers: range === null ? {} : { range } });
	if (!response.ok) {
		const { code } = problemIn(await response.json().catch(() => null));
		if (code === 'confirmation_required') {
			// A file has no page to ask on: the session's recordings are where the link is.
			const back = `/team/${params.engagement}/dialogs/${params.session}/recordings`;
			redirect(303, `/second-factor?confirm=1&next=${encodeURIComponent(back)}`);
		}
		error(response.status, 'This recording cannot be fetched.', { code: 'recording_not_fetched' });
	}
	const headers = new Headers();
	for (const name of KEPT) {
		const value = response.headers.get(name);
		if (value !== null) {
			headers.set(name, value);
		}
	}
	return new Response(response.body, { status: response.status, headers });
};

const KEPT = [
	'accept-ranges',
	'cache-control',
	'content-disposition',
	'content-length',
	'content-range',
	'content-security-policy',
	'content-type',
	'x-content-type-options',
];
