import type { Schema } from '@throughline/db/schema';
import { type Kysely, sql } from 'kysely';

/** What each table gets this many more rows of. */
export const MANY = 1500;

/**
 * Adds many people, invitations, records, windows, surveys, notices, findings, recommendations,
 * quotes, releases and dialog sessions to the sample, as years of work would. Copies of one row each: what matters
 * here is how many there are.
 */
export async function growSample(db: Kysely<Schema>, engagementId: string): Promise<void> {
	const numbers = sql`generate_series(1, ${MANY}::int) g`;
	await sql`
		insert into person (id, email, name, email_verified)
		select gen_random_uuid(), 'many' || g || '@example.org', 'Person ' || g, true from ${numbers}
	`.execute(db);
	await sql`
		insert into engagement_role (engagement_id, person_id, role)
		select ${engagementId}, id, 'coder' from person where email like 'many%'
	`.execute(db);
	await sql`
		insert into invitation (engagement_id, id, email, name, role, expires_at)
		select ${engagementId}, gen_random_uuid(), 'invited' || g || '@example.org', 'I', 'coder',
			now() + interval '10 years' from ${numbers}
	`.execute(db);
	await sql`
		insert into audit_entry (engagement_id, id, action, target, detail)
		select ${engagementId}, gen_random_uuid(), 'window.opened', 'x', '{}' from ${numbers}
	`.execute(db);
	await copyRows(db, 'survey_version', {
		key: 'number',
		value: 'g + 1000',
		columns: 'engagement_id, survey_id, definition, definition_hash, published_at',
	});
	await copyRows(db, 'notice_version', {
		key: 'number',
		value: 'g + 1000',
		columns: 'engagement_id, key, kind, body, body_hash',
	});
	await copyRows(db, 'survey_window', {
		key: 'link_key',
		value: "'many' || g",
		columns:
			'engagement_id, survey_version_id, notice_version_id, label, status, opens_at, closes_at, source, epoch',
	});
	await copyRows(db, 'finding', {
		key: 'sentence',
		value: "'Finding ' || g",
		columns: 'engagement_id, minority_view, status, version, updated_at',
	});
	await copyRows(db, 'recommendation', {
		key: 'key',
		value: "'many' || g",
		columns: 'engagement_id, category, text, owner, measure, target, status, version, updated_at',
	});
	await copyRows(db, 'release', {
		key: 'slug',
		value: "'many-' || g",
		columns: 'engagement_id, title, window_id, status, body, body_hash, audit, frozen_at',
	});
	await copyRows(db, 'quote', {
		key: 'end_at',
		value: 't.start_at + 1 + g % 3',
		columns: 'engagement_id, excerpt_id, start_at, text_hash',
	});
	await growDialogs(db);
}

/** Sessions that were planned and forgotten: each is overdue as well. */
async function growDialogs(db: Kysely<Schema>): Promise<void> {
	await sql`
		insert into dialog_session (
			id, key, slip_code, engagement_id, site_id, guide_version_id, format, starts_at, minutes,
			place, planned_participants, languages, recording_plan, status, agreements, deviations,
			version, updated_at
		)
		select gen_random_uuid(), 'many' || g, 'many' || g, t.engagement_id, t.site_id,
			t.guide_version_id, t.format, t.starts_at, t.minutes, t.place, t.planned_participants,
			t.languages, t.recording_plan, 'planned', '', '', 1, t.updated_at
		from (select * from dialog_session order by key limit 1) t,
			generate_series(1, ${MANY}::int) g
	`.execute(db);
}

/** Copies the first row of a table many times, with a key of its own each. */
async function copyRows(
	db: Kysely<Schema>,
	table: string,
	{ key, value, columns }: { key: string; value: string; columns: string },
): Promise<void> {
	const own = sql.raw(
		columns
			.split(', ')
			.map((column) => `t.${column}`)
			.join(', '),
	);
	await sql`
		insert into ${sql.table(table)} (id, ${sql.ref(key)}, ${sql.raw(columns)})
		select gen_random_uuid(), ${sql.raw(value)}, ${own}
		from (select * from ${sql.table(table)} order by id limit 1) t, generate_series(1, ${MANY}::int) g
	`.execute(db);
}
