import { Hono } from 'hono';
import { sql } from 'kysely';
import type { Deps } from '../../deps.ts';
import { AppError } from '../../errors.ts';
import { authorise } from '../../http/authorise.ts';
import type { AppEnv } from '../../http/context.ts';

/**
 * GET /api/health: 200 only when the database answers. A process that is starting or stopping says 503
 * before it comes here (one-port.ts). GET /api/health/live: 200 as long as the process answers at all.
 */
export function healthRoutes(deps: Pick<Deps, 'db'>) {
	return new Hono<AppEnv>()
		.get('/', authorise('public:read'), async (c) => {
			try {
				await sql`select 1`.execute(deps.db);
			} catch (cause) {
				throw new AppError('database_unavailable', 503, 'The database does not answer.', { cause });
			}
			return c.json({ status: 'ok' as const }, 200);
		})
		.get('/live', authorise('public:read'), (c) => c.json({ status: 'ok' as const }, 200));
}
