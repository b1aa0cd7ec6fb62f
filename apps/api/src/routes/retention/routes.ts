import { findEngagement } from '@throughline/db/queries/engagement';
import { listPurgeEntries } from '@throughline/db/queries/retention';
import { Hono } from 'hono';
import type { Deps } from '../../deps.ts';
import { authorise } from '../../http/authorise.ts';
import type { AppEnv } from '../../http/context.ts';
import { valid } from '../../http/valid.ts';
import { localTime } from '../../presenters/local-time.ts';
import { isKind, isOfStudents, kinds, readSchedule } from '../../retention/schedule.ts';
import { engagementParam } from '../engagements/schema.ts';
import type { BackupView, RetentionView } from './schema.ts';

const MOST_PURGED = 100;

/** For how long what is kept, what was purged, and whether there are backups. */
export function retentionRoutes({ db, config, backups }: Deps) {
	async function backupOf(engagementId: string): Promise<BackupView> {
		const { lastAt, ...state } = await backups.read();
		const timezone = (await findEngagement(db, engagementId))?.timezone ?? 'UTC';
		return { lastAt: lastAt === null ? null : localTime(lastAt, timezone), ...state };
	}
	return new Hono<AppEnv>()
		.get('/', authorise('audit:read'), valid('param', engagementParam), async (c) => {
			const { engagementId } = c.req.valid('param');
			const schedule = await readSchedule(config);
			const entries = await listPurgeEntries(db, engagementId, MOST_PURGED);
			const view: RetentionView = {
				rules: kinds.map((kind) => ({ kind, ...schedule[kind] })),
				purged: entries.flatMap(({ purgedOn, kind, rows, ...entry }) =>
					isKind(kind)
						? [{ ...entry, kind, rows: isOfStudents(kind) ? null : rows, on: purgedOn }]
						: [],
				),
				backup: await backupOf(engagementId),
			};
			return c.json(view, 200);
		})
		.get('/backup', authorise('audit:read'), valid('param', engagementParam), async (c) =>
			c.json(await backupOf(c.req.valid('param').engagementId), 200),
		);
}
