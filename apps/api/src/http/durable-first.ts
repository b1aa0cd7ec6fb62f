import { createMiddleware } from 'hono/factory';
import type { Deps } from '../deps.ts';
import type { AppEnv } from './context.ts';

const READS = ['GET', 'HEAD', 'OPTIONS'];

/**
 * Keeps the answer to a change back until what was stored survives a power cut. When the disk refuses,
 * the answer is an error: nothing is acknowledged that may be lost.
 */
export function durableFirst({ makeDurable }: Pick<Deps, 'makeDurable'>) {
	return createMiddleware<AppEnv>(async (c, next) => {
		await next();
		if (!READS.includes(c.req.method)) {
			await makeDurable();
		}
	});
}
