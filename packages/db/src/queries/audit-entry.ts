import { sql } from 'kysely';
import { json } from '../open-values.ts';
import type { Database } from '../types.ts';

/** Writes down what a member of staff did. `detail` holds no student data and no addresses. */
export async function writeAuditEntry(
	db: Database,
	entry: {
		engagementId: string;
		id: string;
		personId: string | null;
		action: string;
		target: string;
		detail?: Record<string, unknown>;
	},
): Promise<void> {
	await db
		.insertInto('audit_entry')
		.values({
			engagement_id: entry.engagementId,
			id: entry.id,
			person_id: entry.personId,
			action: entry.action,
			target: entry.target,
			detail: json(entry.detail ?? {}),
		})
		.execute();
}

/** What staff did in an engagement, newest first. */
export async function listAuditEntries(
	db: Database,
	engagementId: string,
	page: { limit: number; offset: number },
) {
	return await db
		.selectFrom('audit_entry as a')
		.leftJoin('person as p', 'p.id', 'a.person_id')
		.select(['a.id', 'a.action', 'a.target', 'a.detail', 'a.created_at as at', 'p.name'])
		.where('a.engagement_id', '=', engagementId)
		.orderBy('a.created_at', 'desc')
		.orderBy('a.id', 'desc')
		.limit(page.limit)
		.offset(page.offset)
		.execute();
}

/** How many slips of each cohort belong to prints that were voided, by cohort id. */
export async function sumSlipsVoided(
	db: Database,
	engagementId: string,
	cohortIds: string[],
): Promise<Map<string, number>> {
	if (cohortIds.length === 0) {
		return new Map();
	}
	const rows = await db
		.selectFrom('audit_entry')
		.select('target')
		// Each replacement says how many slips had been made before it; the last says all of them.
		.select(sql<number>`max((detail ->> 'slipsVoided')::int)`.as('n'))
		.where('engagement_id', '=', engagementId)
		.where('action', '=', 'codes.replaced')
		.where('target', 'in', cohortIds)
		.groupBy('target')
		.orderBy('target')
		.execute();
	return new Map(rows.map((row) => [row.target, row.n]));
}
