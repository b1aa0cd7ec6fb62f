import { engagementOf } from '../../engagement-of.ts';
import { handOnFile } from '../../hand-on-file.ts';
import { narrowedBy } from '../narrowed.ts';
import type { RequestHandler } from './$types.js';

/** The record of changes as a file, narrowed as the page is that links here. */
export const GET: RequestHandler = async ({ fetch, params, url }) => {
	const { apiPath } = await engagementOf(fetch, params.engagement);
	const query = new URLSearchParams(narrowedBy(url.searchParams));
	return await handOnFile(await fetch(`${apiPath}/audit/csv?${query}`), {
		back: `/team/${params.engagement}/record`,
		refusal: 'The record cannot be fetched.',
		code: 'record_not_fetched',
	});
};
