import { engagementOf } from '../../../../../engagement-of.ts';
import { handOnFile } from '../../../../../hand-on-file.ts';
import type { RequestHandler } from './$types.js';

/** A recording as it came, for who has confirmed that it is them. */
export const GET: RequestHandler = async ({ fetch, params, request, url }) => {
	const { apiPath } = await engagementOf(fetch, params.engagement);
	const [session, recording] = [params.session, params.recording].map(encodeURIComponent);
	const segment = encodeURIComponent(url.searchParams.get('segment') ?? '0');
	const path = `${apiPath}/dialogs/${session}/recordings/${recording}/original?segment=${segment}`;
	const range = request.headers.get('range');
	const response = await fetch(path, { headers: range === null ? {} : { range } });
	return await handOnFile(response, {
		back: `/team/${params.engagement}/dialogs/${params.session}/recordings`,
		refusal: 'This recording cannot be fetched.',
		code: 'recording_not_fetched',
	});
};
