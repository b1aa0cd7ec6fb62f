import type { IncomingMessage } from 'node:http';
import type { Handlers } from './one-port.ts';

/** What the pages look for in a request (apps/web/src/hooks.server.ts). */
const API = Symbol.for('throughline.api');

/** The API as a function: an HTTP request in, an HTTP response out. */
interface Api {
	fetch(request: Request, env: { incoming: IncomingMessage }): Response | Promise<Response>;
}

/**
 * Lets the pages hand their requests for `/api` straight to the API of this process, instead of
 * sending them over loopback. Each is an HTTP request still, and passes every check; the API sees
 * the connection of the person whose page it is for.
 */
export function handOver(pages: Handlers['pages'], api: Api): Handlers['pages'] {
	return (req, res, next) => {
		Object.defineProperty(req, API, {
			value: (request: Request) => api.fetch(request, { incoming: req }),
		});
		return pages(req, res, next);
	};
}
