import type { RequestEvent } from '@sveltejs/kit';
import type { Handle, HandleFetch, HandleServerError } from '@sveltejs/kit/hooks';
import { API_ORIGIN } from '$app/env/private';
import { ApiProblem } from '#lib/api.ts';
import { readPosted, unconfirmed } from '#lib/confirm.ts';
import { direction, languageOf } from '#lib/i18n/languages.ts';
import { liftStyles } from '#lib/lift-styles.ts';

export const handle: Handle = async ({ event, resolve }) => {
	event.locals.language = languageOf(event.url.searchParams.get('lang'));
	event.locals.apiCookies = [];
	if (/^\/team(\/|$)/.test(event.url.pathname)) {
		const posted = await readPosted(event);
		if (posted) {
			event.locals.posted = posted;
		}
	}
	let sheet: string | null = null;
	const response = await resolve(event, {
		// Loads have run by now, so a student's own language is known.
		transformPageChunk({ html }) {
			const lifted = liftStyles(html);
			sheet ??= lifted.source;
			return lifted.html
				.replace('%throughline.lang%', event.locals.language)
				.replace('%throughline.dir%', direction(event.locals.language));
		},
		preload: ({ type, path }) =>
			type !== 'font' || path.includes('atkinson-hyperlegible-next-latin-wght-normal'),
	});
	const policy = response.headers.get('content-security-policy');
	if (policy !== null && sheet !== null) {
		response.headers.set(
			'content-security-policy',
			policy.replace("style-src 'self'", `style-src 'self' ${sheet}`),
		);
	}
	if (!response.headers.has('cache-control')) {
		response.headers.set('cache-control', 'no-store');
	}
	if (response.status === 503 && event.locals.retryAfter !== undefined) {
		response.headers.set('retry-after', event.locals.retryAfter);
	}
	for (const cookie of event.locals.apiCookies) {
		response.headers.append('set-cookie', cookie);
	}
	return response;
};

/** Requests of a load or an action to `/api/…` go to the API, with the reader's cookies. */
export const handleFetch: HandleFetch = async ({ event, request, fetch }) => {
	const url = new URL(request.url);
	if (url.origin !== event.url.origin || !/^\/api(\/|$)/.test(url.pathname)) {
		return fetch(request);
	}
	const handedOver = apiOfThisProcess(event);
	// Without it, in development, the request crosses to the API's own process.
	const forwarded = handedOver
		? request
		: new Request(new URL(url.pathname + url.search, API_ORIGIN), request);
	const cookie = cookiesNow(event);
	if (cookie) {
		forwarded.headers.set('cookie', cookie);
	}
	forwarded.headers.set('origin', event.url.origin);
	// The API compares origins with the host the reader's browser sees (server/one-port.ts).
	forwarded.headers.set('x-throughline-host', event.url.host);
	forwardCaller(event, forwarded.headers);
	const response = await (handedOver ?? fetch)(forwarded);
	event.locals.apiCookies.push(...response.headers.getSetCookie());
	const retryAfter = response.headers.get('retry-after');
	if (response.status === 503 && retryAfter !== null) {
		event.locals.retryAfter = retryAfter;
	}
	return response;
};

/** The reader's cookies, with those the API has set anew since this page was asked for. */
function cookiesNow(event: RequestEvent): string {
	const pairs = [
		...(event.request.headers.get('cookie') ?? '').split('; '),
		...event.locals.apiCookies.map((line) => line.split(';', 1)[0] ?? ''),
	];
	return [...new Map(pairs.map((pair) => [pair.split('=', 1)[0], pair])).values()]
		.filter((pair) => pair !== '')
		.join('; ');
}

/** The API, when it runs in this process (apps/api/src/server/hand-over.ts). */
function apiOfThisProcess({
	platform,
}: RequestEvent): ((request: Request) => Promise<Response>) | null {
	const api: unknown = platform ? Reflect.get(platform.req, Symbol.for('throughline.api')) : null;
	// The server's own function, put there under this symbol and nothing else.
	return typeof api === 'function' ? (api as (request: Request) => Promise<Response>) : null;
}

/**
 * Who asked, for the API, which sees this process at the other end: what proxies said, and the
 * address at the other end of our own connection unless it is this machine's. The sample's people
 * are offered to this machine alone (sign-in/from-this-machine.ts).
 */
function forwardCaller(event: RequestEvent, headers: Headers): void {
	for (const [name, value] of event.request.headers) {
		if (
			/^(forwarded|via|x-forwarded.*|x-real-ip|cf-connecting-ip|x-envoy-.*|.*client-ip)$/.test(name)
		) {
			headers.set(name, value);
		}
	}
	const address = event.getClientAddress();
	if (!/^(127\.|::1$|::ffff:127\.)/.test(address) && !headers.has('x-forwarded-for')) {
		headers.set('x-forwarded-for', address);
	}
}

export const handleError: HandleServerError = ({ kind, error, event }) => {
	if (kind === 'app') {
		return { code: error.code };
	}
	if (kind === 'framework' || kind === 'validation') {
		return { code: error.status === 404 ? 'not_found' : 'bad_request' };
	}
	if (error instanceof ApiProblem) {
		// When many come at once each would be a line here, and the API has said it.
		if (error.status >= 500 && error.code !== 'server_busy') {
			report(event, error);
		}
		const asked = error.code === 'confirmation_required' && { unconfirmed: unconfirmed(event) };
		return { status: error.status, code: error.code, message: error.message, ...asked };
	}
	report(event, error);
	return { status: 500, code: 'unknown', message: 'Something went wrong on our side.' };
};

/** One JSON line: the route's pattern and the fault, never the address, a cookie or an answer. */
function report(event: RequestEvent, error: unknown): void {
	const fault = error instanceof Error ? (error.stack ?? error.message) : String(error);
	console.error(
		JSON.stringify({
			level: 'error',
			at: 'web',
			route: event.route.id,
			method: event.request.method,
			fault,
		}),
	);
}
