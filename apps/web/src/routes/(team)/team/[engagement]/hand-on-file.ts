import { error, redirect } from '@sveltejs/kit';
import { problemIn } from '#lib/room/outbox.ts';

/** What the API says of a file, and the browser has to know. */
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

/**
 * Hands a file of the API on to the browser. Where the person has to confirm first that it is them,
 * they are asked, and led to the page with the link: a file has none to ask on.
 * @param page.back its address.
 * @throws what SvelteKit shows as an error page, with the words and the code given.
 */
export async function handOnFile(
	response: Response,
	page: { back: string; refusal: string; code: string },
): Promise<Response> {
	if (!response.ok) {
		const { code } = problemIn(await response.json().catch(() => null));
		if (code === 'confirmation_required') {
			redirect(303, `/second-factor?confirm=1&next=${encodeURIComponent(page.back)}`);
		}
		error(response.status, page.refusal, { code: page.code });
	}
	const headers = new Headers();
	for (const name of KEPT) {
		const value = response.headers.get(name);
		if (value !== null) {
			headers.set(name, value);
		}
	}
	return new Response(response.body, { status: response.status, headers });
}
