import { engagementOf } from '../../../engagement-of.ts';
import { handOnFile } from '../../../hand-on-file.ts';
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
	return await handOnFile(response, {
		back: `/team/${params.engagement}/exports/${params.export}`,
		refusal: 'These rows cannot be fetched.',
		code: 'rows_not_fetched',
	});
};
