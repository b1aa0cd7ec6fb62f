import type { DialogSessionTable } from '../schema.ts';
import type { Database } from '../types.ts';
import type { Selectable } from 'kysely';

interface SessionKey {
	engagementId: string;
	sessionId: string;
}

export type DialogSession = Selectable<DialogSessionTable>;

const COLUMNS = [
	'engagement_id',
	'id',
	'key',
	'slip_code',
	'student_group_id',
	'site_id',
	'guide_version_id',
	'directive_id',
	'format',
	'starts_at',
	'minutes',
	'place',
	'planned_participants',
	'languages',
	'recording_plan',
	'recording_mode',
	'status',
	'started_at',
	'ended_at',
	'participants',
	'agreements',
	'deviations',
	'created_by',
	'version',
	'updated_at',
	'created_at',
] as const;

/** One dialog session, or undefined. */
export async function findDialogSession(
	db: Database,
	key: SessionKey,
): Promise<DialogSession | undefined> {
	return await db
		.selectFrom('dialog_session')
		.select(COLUMNS)
		.where('engagement_id', '=', key.engagementId)
		.where('id', '=', key.sessionId)
		.executeTakeFirst();
}

/** Whether a person has a duty in a session: whoever has one may read what was said there. */
export async function isOnDuty(
	db: Database,
	key: SessionKey & { personId: string },
): Promise<boolean> {
	const row = await db
		.selectFrom('dialog_duty')
		.select('id')
		.where('engagement_id', '=', key.engagementId)
		.where('session_id', '=', key.sessionId)
		.where('person_id', '=', key.personId)
		.where('role', 'in', ['lead', 'note_taker', 'interpreter'])
		.limit(1)
		.executeTakeFirst();
	return row !== undefined;
}
