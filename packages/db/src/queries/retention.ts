import { type RawBuilder, sql, type Transaction } from 'kysely';
import type { Schema } from '../schema.ts';
import type { Database } from '../types.ts';

/** Kinds of rows that go when their time is over. Recordings are files and go another way. */
export type PurgedKind =
	| 'transcript_originals'
	| 'redaction_logs'
	| 'dialog_notes'
	| 'safety_flags'
	| 'consents'
	| 'group_answers'
	| 'devices'
	| 'drafts'
	| 'codes'
	| 'row_exports'
	| 'invitations'
	| 'sign_in';

/** Tables whose purged rows are written down. */
export const purgedTables = [
	'dialog_note',
	'safety_flag',
	'consent_entry',
	'group_answer',
	'project_device',
] as const;
export type PurgedTable = (typeof purgedTables)[number];

export interface PurgeCount {
	/** Null for what belongs to no engagement. */
	engagementId: string | null;
	rows: number;
}

interface Rule {
	table: string;
	hasEngagement: boolean;
	/** An older backup may not know since when it counts: each row is written down by its id. */
	isBuried?: true;
	/** Which rows `t` are older than a moment. */
	isDue: (before: Date) => RawBuilder<boolean>;
}

const transcriptChecked = (before: Date) => sql<boolean>`exists (
	select from transcript x
	where x.engagement_id = t.engagement_id and x.id = t.transcript_id
		and x.status = 'checked' and x.checked_at < ${before}
)`;

const sessionOver = (before: Date) => sql<boolean>`exists (
	select from dialog_session s
	where s.engagement_id = t.engagement_id and s.id = t.session_id
		and s.status in ('held', 'cancelled') and coalesce(s.ended_at, s.starts_at) < ${before}
)`;

const rules: Record<PurgedKind, readonly Rule[]> = {
	// What a transcript said before it was corrected, or a word hidden in it.
	transcript_originals: [{ table: 'turn_edit', hasEngagement: true, isDue: transcriptChecked }],
	// Those that hide something stay as long as what they hide.
	redaction_logs: [
		{
			table: 'turn_redaction',
			hasEngagement: true,
			isDue: (before) => sql<boolean>`t.status = 'rejected' and ${transcriptChecked(before)}`,
		},
	],
	// A checked transcript holds what was said, and excerpts rest on it. Where there is none, notes are all
	// that is left of a session.
	dialog_notes: [
		{
			table: 'dialog_note',
			hasEngagement: true,
			isBuried: true,
			isDue: (before) => sql<boolean>`${sessionOver(before)} and exists (
				select from transcript x
				where x.engagement_id = t.engagement_id and x.session_id = t.session_id
					and x.status = 'checked'
			)`,
		},
	],
	// One that nobody has closed waits for somebody.
	safety_flags: [
		{
			table: 'safety_flag',
			hasEngagement: true,
			isBuried: true,
			isDue: (before) => sql<boolean>`t.closed_at < ${before}`,
		},
	],
	// They say what may be done with words and sound, for as long as any are there.
	consents: [
		{
			table: 'consent_entry',
			hasEngagement: true,
			isBuried: true,
			isDue: (before) => sql<boolean>`${sessionOver(before)} and not exists (
				select from transcript x
				where x.engagement_id = t.engagement_id and x.session_id = t.session_id
			) and not exists (
				select from recording r
				where r.engagement_id = t.engagement_id and r.session_id = t.session_id
					and r.status <> 'deleted'
			) and not exists (
				select from excerpt e
				where e.engagement_id = t.engagement_id and e.session_id = t.session_id
					and e.withdrawn_at is null
			)`,
		},
	],
	// That a group has seen what was made of its words is why its quotes may be told.
	group_answers: [
		{
			table: 'group_answer',
			hasEngagement: true,
			isBuried: true,
			isDue: (before) => sql<boolean>`exists (
				select from group_review r
				where r.engagement_id = t.engagement_id and r.id = t.review_id
					and least(r.closed_at, (r.open_until + 1)::timestamptz) < ${before}
			) and (t.kind = 'approve' or t.handled_at is not null) and not exists (
				select from group_review r
				join excerpt e on e.engagement_id = r.engagement_id and e.session_id = r.session_id
				join quote q on q.engagement_id = e.engagement_id and q.excerpt_id = e.id
				where r.engagement_id = t.engagement_id and r.id = t.review_id
					and q.withdrawn_at is null
			)`,
		},
	],
	devices: [
		{
			table: 'project_device',
			hasEngagement: true,
			isBuried: true,
			isDue: (before) =>
				sql<boolean>`coalesce(t.revoked_at, t.last_seen_on::timestamptz, t.created_at) < ${before}`,
		},
	],
	drafts: [
		{
			table: 'draft',
			hasEngagement: true,
			isDue: (before) => sql<boolean>`exists (
				select from survey_window w
				where w.engagement_id = t.engagement_id and w.id = t.window_id
					and w.status in ('closed', 'opened') and w.closes_at < ${before}
			)`,
		},
	],
	codes: [
		{
			table: 'access_code',
			hasEngagement: true,
			isDue: (before) => sql<boolean>`exists (
				select from opening o
				where o.engagement_id = t.engagement_id and o.window_id = t.window_id
					and o.key_destroyed_on is not null and o.opened_on < ${before}::timestamptz::date
			)`,
		},
	],
	// One that was fetched says how a window may be told, for as long as the window is there.
	row_exports: [
		{
			table: 'row_export',
			hasEngagement: true,
			isDue: (before) => sql<boolean>`t.fetched_at is null and t.expires_at < ${before}`,
		},
	],
	invitations: [
		{
			table: 'invitation',
			hasEngagement: true,
			isDue: (before) => sql<boolean>`t.expires_at < ${before}`,
		},
	],
	sign_in: ['auth_session', 'auth_verification'].map((table) => ({
		table,
		hasEngagement: false,
		isDue: (before) => sql<boolean>`t.expires_at < ${before}`,
	})),
};

/** How many rows of a kind are older than a moment, by engagement. */
export async function countDue(
	db: Database,
	due: { kind: PurgedKind; before: Date },
): Promise<PurgeCount[]> {
	return await each(due.kind, async ({ table, hasEngagement, isDue }) => {
		const engagement = hasEngagement ? sql`t.engagement_id` : sql`null::uuid`;
		const { rows } = await sql<PurgeCount>`
			select ${engagement} as "engagementId", count(*)::int as rows
			from ${sql.id(table)} t where ${isDue(due.before)} group by 1 order by 1
		`.execute(db);
		return rows;
	});
}

/** Deletes the rows of a kind that are older than a moment. Gives how many, by engagement. */
export async function deleteDue(
	trx: Transaction<Schema>,
	due: { kind: PurgedKind; before: Date },
): Promise<PurgeCount[]> {
	return await each(due.kind, async ({ table, hasEngagement, isBuried, isDue }) => {
		const engagement = hasEngagement ? sql`engagement_id` : sql`null::uuid`;
		const { rows } = await sql<PurgeCount>`
			with gone as (
				delete from ${sql.id(table)} t where ${isDue(due.before)}
				returning ${engagement} as engagement_id, ${isBuried ? sql`id` : sql`null::uuid`} as id
			), buried as (
				insert into tombstone (engagement_id, kind, target, detail)
				select engagement_id, 'purged', id, jsonb_build_object('table', ${table}::text)
				from gone where id is not null
			)
			select engagement_id as "engagementId", count(*)::int as rows
			from gone group by 1 order by 1
		`.execute(trx);
		return rows;
	});
}

/** Deletes a row again that was purged; nothing where it is not there. */
export async function deletePurged(
	db: Database,
	row: { table: PurgedTable; engagementId: string; id: string },
): Promise<void> {
	await sql`
		delete from ${sql.id(row.table)} where engagement_id = ${row.engagementId} and id = ${row.id}
	`.execute(db);
}

async function each(
	kind: PurgedKind,
	work: (rule: Rule) => Promise<PurgeCount[]>,
): Promise<PurgeCount[]> {
	const counts: PurgeCount[] = [];
	for (const rule of rules[kind]) {
		counts.push(...(await work(rule)));
	}
	return counts;
}

/** Recordings that began before a moment and still have their sound. */
export async function listOldRecordings(
	db: Database,
	page: { before: Date; limit: number },
): Promise<{ engagementId: string; recordingId: string }[]> {
	return await db
		.selectFrom('recording')
		.select(['engagement_id as engagementId', 'id as recordingId'])
		.where('status', '!=', 'deleted')
		.where('started_at', '<', page.before)
		.orderBy('id')
		.limit(page.limit)
		.execute();
}

/** Writes down what was purged. */
export async function insertPurgeEntries(
	db: Database,
	entries: readonly {
		id: string;
		engagementId: string | null;
		kind: string;
		rows: number;
		days: number;
		purgedOn: string;
	}[],
): Promise<void> {
	if (entries.length === 0) {
		return;
	}
	await db
		.insertInto('purge_entry')
		.values(
			entries.map(({ engagementId, purgedOn, ...rest }) => ({
				...rest,
				engagement_id: engagementId,
				purged_on: purgedOn,
			})),
		)
		.execute();
}

/** What was purged of an engagement and of what belongs to none, newest first. */
export async function listPurgeEntries(db: Database, engagementId: string, limit: number) {
	return await db
		.selectFrom('purge_entry')
		.select(['id', 'kind', 'rows', 'days', 'purged_on as purgedOn'])
		.where((where) =>
			where.or([where('engagement_id', '=', engagementId), where('engagement_id', 'is', null)]),
		)
		.orderBy('purged_on', 'desc')
		.orderBy('id', 'desc')
		.limit(limit)
		.execute();
}
