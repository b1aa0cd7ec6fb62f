import type { MiddlewareHandler } from 'hono';
import { MAX_FILE_BYTES } from '../transcripts/read-file.ts';
import type { AppEnv } from './context.ts';
import { limitBody } from './limit-body.ts';

const KB = 1024;
const USUAL = 256 * KB;

/** Addresses that take more than others; `null` where whoever answers there counts by himself. */
const exceptions: readonly { method: string; path: RegExp; maxBytes: number | null }[] = [
	// A browser's word about a page.
	{ method: 'POST', path: /^\/api\/csp-reports$/, maxBytes: 16 * KB },
	// A code, a language, a number made for the check page; answers come with their own step.
	{ method: 'POST', path: /^\/api\/student\//, maxBytes: 64 * KB },
	// A part of a recording: the upload was told its whole length, and takes no byte more.
	{ method: 'PATCH', path: /^\/api\/engagements\/[^/]+\/uploads\/[^/]+$/, maxBytes: null },
	// The list of a recording's slices: 100 bytes for each five seconds.
	{
		method: 'POST',
		path: /^\/api\/engagements\/[^/]+\/dialogs\/[^/]+\/recordings$/,
		maxBytes: 2048 * KB,
	},
	// A transcript file.
	{
		method: 'POST',
		path: /^\/api\/engagements\/[^/]+\/dialogs\/[^/]+\/transcripts(\/preview)?$/,
		maxBytes: MAX_FILE_BYTES,
	},
];

/** Refuses bodies that are larger than their address takes. */
export function limitBodies(): MiddlewareHandler<AppEnv> {
	const usual = limitBody(USUAL);
	const others = exceptions.map((exception) => ({
		...exception,
		limit: exception.maxBytes === null ? null : limitBody(exception.maxBytes),
	}));
	return (c, next) => {
		const own = others.find(({ method, path }) => method === c.req.method && path.test(c.req.path));
		return own?.limit === null ? next() : (own?.limit ?? usual)(c, next);
	};
}
