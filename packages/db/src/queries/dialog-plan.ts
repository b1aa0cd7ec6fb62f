import { sql } from 'kysely';
import type { DialogFormat, RecordingMode } from '../schema.ts';
import type { Database } from '../types.ts';

interface SessionKey {
	engagementId: string;
	sessionId: string;
}

/** A dialog session as it was planned, with the names of what it refers to. */
export type PlannedDialog = NonNullable<Awaited<ReturnType<typeof findPlannedDialog>>>;

/** What a planner decides about a session. */
export interface DialogPlan {
	studentGroupId: string | null;
	siteId: string;
	guideVersionId: string;
	directiveId: string | null;
	format: DialogFormat;
	startsAt: Date;
	minutes: number;
	place: string;
	plannedParticipants: number;
	languages: string[];
	recordingPlan: RecordingMode;
}

/** The dialog sessions of an engagement, the latest first. */
export async function listPlannedDialogs(
	db: Database,
	engagementId: string,
	page: { limit: number; offset: number },
) {
	return await dialogs(db)
		.where('s.engagement_id', '=', engagementId)
		.orderBy('s.starts_at', 'desc')
		.orderBy('s.id')
		.limit(page.limit)
		.offset(page.offset)
		.execute();
}

/** One dialog session with the names of what it refers to, or undefined. */
export async function findPlannedDialog(db: Database, key: SessionKey) {
	return await dialogs(db)
		.where('s.engagement_id', '=', key.engagementId)
		.where('s.id', '=', key.sessionId)
		.executeTakeFirst();
}

/** Planned sessions whose time has passed without being held, the oldest first. */
export async function listOverdueDialogs(
	db: Database,
	engagementId: string,
	{ now, limit }: { now: Date; limit: number },
) {
	return await dialogs(db)
		.where('s.engagement_id', '=', engagementId)
		.where('s.status', '=', 'planned')
		.where(sql<boolean>`s.starts_at + make_interval(mins => s.minutes) < ${now}::timestamptz`)
		.orderBy('s.starts_at')
		.orderBy('s.id')
		.limit(limit)
		.execute();
}

/** How many sessions each directive has with each group, by status. */
export async function countDialogs(
	db: Database,
	engagementId: string,
	{ now }: { now: Date },
): Promise<
	{
		directiveId: string | null;
		studentGroupId: string | null;
		planned: number;
		overdue: number;
		held: number;
		cancelled: number;
	}[]
> {
	return await db
		.selectFrom('dialog_session')
		.select(['directive_id as directiveId', 'student_group_id as studentGroupId'])
		.select([
			sql<number>`count(*) filter (where status in ('planned', 'running'))`.as('planned'),
			sql<number>`count(*) filter (
				where status = 'planned'
				and starts_at + make_interval(mins => minutes) < ${now}::timestamptz
			)`.as('overdue'),
			sql<number>`count(*) filter (where status = 'held')`.as('held'),
			sql<number>`count(*) filter (where status = 'cancelled')`.as('cancelled'),
		])
		.where('engagement_id', '=', engagementId)
		.groupBy(['directive_id', 'student_group_id'])
		.orderBy('directive_id')
		.orderBy('student_group_id')
		.execute();
}

/** Stores a new session, as planned. */
export async function insertDialog(
	db: Database,
	key: SessionKey,
	session: DialogPlan & { key: string; slipCode: string; createdBy: string; now: Date },
): Promise<void> {
	await db
		.insertInto('dialog_session')
		.values({
			engagement_id: key.engagementId,
			id: key.sessionId,
			key: session.key,
			slip_code: session.slipCode,
			...columnsOf(session),
			recording_mode: null,
			status: 'planned',
			started_at: null,
			ended_at: null,
			participants: null,
			agreements: '',
			deviations: '',
			created_by: session.createdBy,
			version: 1,
			updated_at: session.now,
		})
		.execute();
}

/** Changes a session that is still planned. Returns false when somebody else was faster. */
export async function rewriteDialog(
	db: Database,
	key: SessionKey,
	session: DialogPlan & { version: number; now: Date },
): Promise<boolean> {
	const result = await db
		.updateTable('dialog_session')
		.set({
			...columnsOf(session),
			version: session.version + 1,
			updated_at: session.now,
		})
		.where('engagement_id', '=', key.engagementId)
		.where('id', '=', key.sessionId)
		.where('status', '=', 'planned')
		.where('version', '=', session.version)
		.executeTakeFirst();
	return result.numUpdatedRows === 1n;
}

/**
 * Cancels a planned session, or brings a cancelled one back; the reason is added to where it left
 * its guide. Returns false when somebody else was faster.
 */
export async function moveDialog(
	db: Database,
	key: SessionKey,
	move: {
		from: 'planned' | 'cancelled';
		to: 'planned' | 'cancelled';
		reason: string;
		version: number;
		now: Date;
	},
): Promise<boolean> {
	const result = await db
		.updateTable('dialog_session')
		.set({
			status: move.to,
			deviations: sql<string>`ltrim(deviations || ${`\n${move.reason}`}, ${'\n'})`,
			version: move.version + 1,
			updated_at: move.now,
		})
		.where('engagement_id', '=', key.engagementId)
		.where('id', '=', key.sessionId)
		.where('status', '=', move.from)
		.where('version', '=', move.version)
		.executeTakeFirst();
	return result.numUpdatedRows === 1n;
}

/**
 * The name the next session gets: one above the highest number that sessions are named by. The
 * engagement is locked until the transaction ends, so that two get different names.
 */
export async function nextDialogKey(db: Database, engagementId: string): Promise<string> {
	await db
		.selectFrom('engagement')
		.select('id')
		.where('id', '=', engagementId)
		.forUpdate()
		.executeTakeFirst();
	const row = await db
		.selectFrom('dialog_session')
		.select(sql<number>`coalesce(max(substring(key from '^ds-(\\d{1,6})$')::int), 0)`.as('last'))
		.where('engagement_id', '=', engagementId)
		.executeTakeFirstOrThrow();
	return `ds-${String(row.last + 1).padStart(2, '0')}`;
}

function columnsOf(plan: DialogPlan) {
	return {
		student_group_id: plan.studentGroupId,
		site_id: plan.siteId,
		guide_version_id: plan.guideVersionId,
		directive_id: plan.directiveId,
		format: plan.format,
		starts_at: plan.startsAt,
		minutes: plan.minutes,
		place: plan.place,
		planned_participants: plan.plannedParticipants,
		languages: plan.languages,
		recording_plan: plan.recordingPlan,
	};
}

function dialogs(db: Database) {
	return db
		.selectFrom('dialog_session as s')
		.innerJoin('site as p', 'p.id', 's.site_id')
		.leftJoin('student_group as g', (join) =>
			join
				.onRef('g.engagement_id', '=', 's.engagement_id')
				.onRef('g.id', '=', 's.student_group_id'),
		)
		.leftJoin('directive as d', (join) =>
			join.onRef('d.engagement_id', '=', 's.engagement_id').onRef('d.id', '=', 's.directive_id'),
		)
		.select(['s.id', 's.key', 's.slip_code as slipCode', 's.guide_version_id as guideVersionId'])
		.select(['s.student_group_id as studentGroupId', 'g.name as group'])
		.select(['s.site_id as siteId', 'p.name as site'])
		.select(['s.directive_id as directiveId', 'd.text as directive'])
		.select(['s.format', 's.starts_at as startsAt', 's.minutes', 's.place', 's.languages'])
		.select(['s.planned_participants as plannedParticipants', 's.participants'])
		.select(['s.recording_plan as recordingPlan', 's.recording_mode as recordingMode'])
		.select(['s.status', 's.started_at as startedAt', 's.ended_at as endedAt'])
		.select(['s.agreements', 's.deviations', 's.version']);
}
