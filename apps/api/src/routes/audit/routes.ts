import { readAuditHead } from '@throughline/db/queries/audit-chain';
import { listAuditChoices, listAuditEntries } from '@throughline/db/queries/audit-entry';
import { Hono } from 'hono';
import { verifyRecord } from '../../audit/verify-record.ts';
import type { Deps } from '../../deps.ts';
import { authorise } from '../../http/authorise.ts';
import type { AppEnv } from '../../http/context.ts';
import { engagementOf } from '../../http/engagement-of.ts';
import { valid } from '../../http/valid.ts';
import { auditFile, presentAudit } from '../../presenters/present-audit.ts';
import { engagementParam } from '../engagements/schema.ts';
import {
	type AuditChoices,
	auditFilter,
	auditQuery,
	ITSELF,
	type WantedEntries,
} from './schema.ts';

const PAGE_SIZE = 50;

/** What staff did in an engagement, and whether the record of it is whole. */
export function auditRoutes({ db, config }: Pick<Deps, 'db' | 'config'>) {
	const authorised = authorise('audit:read');
	return new Hono<AppEnv>()
		.get(
			'/',
			authorised,
			valid('param', engagementParam),
			valid('query', auditQuery),
			async (c) => {
				const { engagementId } = c.req.valid('param');
				const { page, ...wanted } = c.req.valid('query');
				const { timezone } = await engagementOf(db, engagementId);
				const entries = await listAuditEntries(db, engagementId, {
					filter: filterOf(wanted, timezone),
					// One more than a page holds tells whether there is a next one.
					page: { limit: PAGE_SIZE + 1, offset: (page - 1) * PAGE_SIZE },
				});
				const head = await readAuditHead(db, engagementId);
				return c.json(presentAudit({ entries, head, page, timezone }, PAGE_SIZE), 200);
			},
		)
		.get('/choices', authorised, valid('param', engagementParam), async (c) => {
			const choices: AuditChoices = await listAuditChoices(db, c.req.valid('param').engagementId);
			return c.json(choices, 200);
		})
		.get(
			'/csv',
			authorised,
			valid('param', engagementParam),
			valid('query', auditFilter),
			async (c) => {
				const { engagementId } = c.req.valid('param');
				const { timezone } = await engagementOf(db, engagementId);
				const filter = filterOf(c.req.valid('query'), timezone);
				const entries = await listAuditEntries(db, engagementId, { filter });
				c.header('Content-Type', 'text/csv; charset=utf-8');
				c.header('Content-Disposition', 'attachment; filename="what-was-done.csv"');
				return c.body(auditFile(entries, timezone), 200);
			},
		)
		.get('/verification', authorised, valid('param', engagementParam), async (c) => {
			const engagement = await engagementOf(db, c.req.valid('param').engagementId);
			return c.json(await verifyRecord(db, engagement, { dataDir: config.DATA_DIR }), 200);
		});
}

function filterOf({ person, ...wanted }: WantedEntries, timezone: string) {
	return { ...wanted, personId: person === ITSELF ? null : person, timezone };
}
