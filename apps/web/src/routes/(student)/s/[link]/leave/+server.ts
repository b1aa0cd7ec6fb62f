import { dropCode } from '../../code-cookie.ts';
import { startPath } from '../../paths.ts';
import type { RequestHandler } from './$types';

/**
 * A page about something else, for whoever looks over a student's shoulder. It belongs to somebody
 * else, so nothing of it is loaded before a person leaves, and it is not told where they come from.
 */
const ELSEWHERE = 'https://www.weather.gov/';

/**
 * Quick exit: a plain link, so that it works without script. Answers that were sent are kept. A page
 * that nobody touched comes here as well, and goes on to the first page.
 */
export const GET: RequestHandler = (event) => {
	dropCode(event);
	const isIdle = event.url.searchParams.has('idle');
	const start = startPath(event.params.link, { isOut: true, language: event.locals.language });
	return new Response(null, {
		status: 303,
		headers: {
			location: isIdle ? start : ELSEWHERE,
			// Also empties the pages that Back could show.
			'clear-site-data': '"cache", "storage"',
			'referrer-policy': 'no-referrer',
		},
	});
};
