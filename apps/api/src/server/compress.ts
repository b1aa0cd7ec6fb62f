import type { IncomingMessage, ServerResponse } from 'node:http';
import { constants } from 'node:zlib';
import compression from 'compression';

const MIN_BYTES = 1024;

/**
 * Compresses HTML, JSON, CSV and the like. Kit serves its static files already compressed, and
 * those pass through untouched.
 */
export const compress = compression({
	threshold: MIN_BYTES,
	level: 5,
	// Pages are a few kilobytes: a small window saves megabytes per request in flight.
	brotli: { params: { [constants.BROTLI_PARAM_QUALITY]: 4, [constants.BROTLI_PARAM_LGWIN]: 16 } },
	filter: (req, res) => isCompressible(req, res) && compression.filter(req, res),
});

/**
 * False where compression could give a secret away by the length of the response (BREACH). That
 * attack needs many requests which another site makes the victim's browser send with its cookie,
 * carrying guesses that end up beside the secret. So a request with a cookie that another site
 * caused is answered uncompressed (browsers say so in `Sec-Fetch-Site` on https, and without
 * https there is nothing left to guess), and so is a response that sets a cookie or says
 * `no-transform`, as pages that show access codes or sign-in links do.
 */
function isCompressible(req: IncomingMessage, res: ServerResponse): boolean {
	const site = req.headers['sec-fetch-site'];
	const isCausedElsewhere = site === 'cross-site' || site === 'same-site';
	if (isCausedElsewhere && req.headers.cookie !== undefined) {
		return false;
	}
	return !res.hasHeader('set-cookie');
}
