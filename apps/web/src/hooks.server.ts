import type { RequestEvent } from '@sveltejs/kit';
import type { Handle, HandleFetch, HandleServerError } from '@sveltejs/kit/hooks';
import { API_ORIGIN } from '$app/env/private';
import { ApiProblem } from '#lib/api.ts';
import { readPosted, unconfirmed } from '#lib/confirm.ts';
import { acceptedLanguage, direction, languageOf } from '#lib/i18n/languages.ts';
import { liftStyles } from '#lib/lift-styles.ts';

/** Until a page asks again for what did not answer, unless it was told when. */
const USUAL_WAIT_S = 10;

export const handle: Handle = async ({ event, resolve }) => {
	event.locals.language = languageOf(event.url.searchParams.get('lang') ?? browserLanguage(event));
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
	if (event.locals.refreshAfter !== undefined) {
		response.headers.set('refresh', String(event.locals.refreshAfter));
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

/** Pages of a survey are in the browser's language until somebody chooses one. */
function browserLanguage({ url, request }: RequestEvent): string | null {
	return isOfSurvey(url) ? acceptedLanguage(request.headers.get('accept-language')) : null;
}

function isOfSurvey({ pathname }: URL): boolean {
	return /^\/s(\/|$)/.test(pathname);
}

export const handleError: HandleServerError = (failure) => {
	const { event } = failure;
	const problem = problemOf(failure);
	const seconds = secondsToWait(event, failure.error);
	if (seconds !== null) {
		event.locals.refreshAfter = seconds;
	}
	return { ...problem, language: event.locals.language, ...(seconds !== null && { seconds }) };
};

/** When a page of a survey that could not be loaded asks for itself again; null when it does not. */
function secondsToWait({ url, request, locals }: RequestEvent, error: unknown): number | null {
	const isPassing = error instanceof ApiProblem && [502, 503, 504].includes(error.status);
	return isPassing && request.method === 'GET' && isOfSurvey(url)
		? Number(locals.retryAfter ?? USUAL_WAIT_S)
		: null;
}

function problemOf({ kind, error, event }: Parameters<HandleServerError>[0]) {
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
}

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
