import { Hono } from 'hono';
import { sql } from 'kysely';
import type { Deps } from '../../deps.ts';
import { AppError } from '../../errors.ts';
import { authorise } from '../../http/authorise.ts';
import type { AppEnv } from '../../http/context.ts';

/** GET /api/health: 200 only when the database answers. */
export function healthRoutes(deps: Pick<Deps, 'db'>) {
	return new Hono<AppEnv>().get('/', authorise('public:read'), async (c) => {
		try {
			await sql`select 1`.execute(deps.db);
		} catch (cause) {
			throw new AppError('database_unavailable', 503, 'The database does not answer.', { cause });
		}
		return c.json({ status: 'ok' as const }, 200);
	});
}
