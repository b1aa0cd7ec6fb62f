import type { MiddlewareHandler } from 'hono';
import type { Config } from '../config.ts';
import { AppError } from '../errors.ts';
import type { AppEnv } from './context.ts';

const SAFE_METHODS = new Set(['GET', 'HEAD', 'OPTIONS']);
/** What browsers say of a request that another origin caused. */
const SITES = new Set(['cross-site', 'same-site']);

/**
 * Refuses every unsafe method that a browser sends from another site, whatever its content type.
 * Requests without an Origin header come from servers and command lines, which carry no ambient
 * cookie of a victim: browsers send one with every unsafe method, so a cookie without it is refused.
 */
export function sameOrigin(config: Pick<Config, 'PUBLIC_URL'>): MiddlewareHandler<AppEnv> {
	const ownOrigin = config.PUBLIC_URL ? new URL(config.PUBLIC_URL).origin : null;
	return async (c, next) => {
		const origin = c.req.header('origin');
		if (!SAFE_METHODS.has(c.req.method)) {
			const expected = ownOrigin ?? new URL(c.req.url).origin;
			const isForeign =
				origin === undefined ? c.req.header('cookie') !== undefined : origin !== expected;
			if (isForeign || SITES.has(c.req.header('sec-fetch-site') ?? '')) {
				throw new AppError('foreign_origin', 403, 'This request came from another site.');
			}
		}
		await next();
	};
}
