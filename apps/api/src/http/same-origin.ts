import type { MiddlewareHandler } from 'hono';
import type { Config } from '../config.ts';
import { AppError } from '../errors.ts';
import type { AppEnv } from './context.ts';

const SAFE_METHODS = new Set(['GET', 'HEAD', 'OPTIONS']);

/**
 * Refuses every unsafe method that a browser sends from another site, whatever its content type.
 * Requests without an Origin header come from servers and command lines, which carry no ambient
 * cookie of a victim.
 */
export function sameOrigin(config: Pick<Config, 'PUBLIC_URL'>): MiddlewareHandler<AppEnv> {
	const ownOrigin = config.PUBLIC_URL ? new URL(config.PUBLIC_URL).origin : null;
	return async (c, next) => {
		const origin = c.req.header('origin');
		if (!SAFE_METHODS.has(c.req.method)) {
			const expected = ownOrigin ?? new URL(c.req.url).origin;
			const isForeign = origin !== undefined && origin !== expected;
			if (isForeign || c.req.header('sec-fetch-site') === 'cross-site') {
				throw new AppError('foreign_origin', 403, 'This request came from another site.');
			}
		}
		await next();
	};
}
