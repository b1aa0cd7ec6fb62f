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

/** Which entries of a record are wanted: all of what is given holds for each. */
export interface AuditFilter {
	action?: string | undefined;
	/** Who did it; null for what nobody of the team did: Throughline itself. */
	personId?: string | null | undefined;
	/** The first and the last calendar day, in the time zone. */
	from?: string | undefined;
	to?: string | undefined;
	timezone: string;
}

/** What staff did in an engagement, newest first. Without a page: all of it. */
export async function listAuditEntries(
	db: Database,
	engagementId: string,
	{ filter, page }: { filter?: AuditFilter; page?: { limit: number; offset: number } } = {},
) {
	let query = db
		.selectFrom('audit_entry as a')
		.leftJoin('person as p', 'p.id', 'a.person_id')
		.select(['a.id', 'a.position', 'a.action', 'a.target', 'a.detail', 'a.created_at as at'])
		.select('p.name')
		.where('a.engagement_id', '=', engagementId)
		.orderBy('a.created_at', 'desc')
		.orderBy('a.id', 'desc');
	if (filter) {
		const day = sql<string>`(a.created_at at time zone ${filter.timezone})::date`;
		const { action, personId, from, to } = filter;
		query = query
			.$if(action !== undefined, (rows) => rows.where('a.action', '=', action ?? ''))
			.$if(personId === null, (rows) => rows.where('a.person_id', 'is', null))
			.$if(typeof personId === 'string', (rows) => rows.where('a.person_id', '=', personId ?? null))
			.$if(from !== undefined, (rows) => rows.where(sql<boolean>`${day} >= ${from}::date`))
			.$if(to !== undefined, (rows) => rows.where(sql<boolean>`${day} <= ${to}::date`));
	}
	return await (page ? query.limit(page.limit).offset(page.offset) : query).execute();
}

/** What the entries of a record can be narrowed to: each action and each person there is in it. */
export async function listAuditChoices(db: Database, engagementId: string) {
	const actions = await db
		.selectFrom('audit_entry')
		.select('action')
		.distinct()
		.where('engagement_id', '=', engagementId)
		.orderBy('action')
		.execute();
	const people = await db
		.selectFrom('person as p')
		.select(['p.id', 'p.name'])
		.where((where) =>
			where.exists(
				where
					.selectFrom('audit_entry as a')
					.select('a.id')
					.where('a.engagement_id', '=', engagementId)
					.whereRef('a.person_id', '=', 'p.id'),
			),
		)
		.orderBy('p.name')
		.orderBy('p.id')
		.execute();
	return { actions: actions.map(({ action }) => action), people };
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
