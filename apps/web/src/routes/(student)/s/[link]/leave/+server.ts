import { dropCode } from '../../code-cookie.ts';
import type { RequestHandler } from './$types';

/**
 * A page about something else, for whoever looks over a student's shoulder. It belongs to somebody
 * else, so nothing of it is loaded before a person leaves, and it is not told where they come from.
 */
const ELSEWHERE = 'https://www.weather.gov/';

/** Quick exit: a plain link, so that it works without script. Answers that were sent are kept. */
export const GET: RequestHandler = (event) => {
	dropCode(event);
	return new Response(null, {
		status: 303,
		headers: {
			location: ELSEWHERE,
			// Also empties the pages that Back could show.
			'clear-site-data': '"cache", "storage"',
			'referrer-policy': 'no-referrer',
		},
	});
};
