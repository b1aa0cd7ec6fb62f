import type { Cookies } from '@sveltejs/kit';

/** The only thing a student's browser is asked to keep: until the end, or this long unused. */
const MAX_AGE_SECONDS = 20 * 60;
const PATH = '/s';

interface Exchange {
	cookies: Cookies;
	url: URL;
}

/** The code of the student on this device, or null. */
export function readCode({ cookies, url }: Exchange): string | null {
	const code = cookies.get(nameFor(url)) ?? '';
	return /^[0-9A-Z-]{1,20}$/.test(code) ? code : null;
}

/** Keeps the code, from now on for twenty minutes. */
export function keepCode({ cookies, url }: Exchange, code: string): void {
	cookies.set(nameFor(url), code, {
		path: PATH,
		httpOnly: true,
		secure: isSecure(url),
		// Not `strict`: a page opened by scanning a slip would come without it.
		sameSite: 'lax',
		maxAge: MAX_AGE_SECONDS,
	});
}

export function dropCode({ cookies, url }: Exchange): void {
	cookies.delete(nameFor(url), {
		path: PATH,
		httpOnly: true,
		secure: isSecure(url),
		sameSite: 'lax',
	});
}

/** With the prefix a browser takes a cookie of this name from https alone. */
function nameFor(url: URL): string {
	return isSecure(url) ? '__Secure-survey-code' : 'survey-code';
}

function isSecure(url: URL): boolean {
	return url.protocol === 'https:';
}
