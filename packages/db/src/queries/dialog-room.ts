import type { DialogRole, DialogFormat } from '../schema.ts';
import type { Database } from '../types.ts';

interface SessionKey {
	engagementId: string;
	sessionId: string;
}

/** A session as the list on a tablet shows it. */
export interface OwnDialog {
	id: string;
	key: string;
	group: string | null;
	site: string;
	format: DialogFormat;
	startsAt: Date;
	/** Where it is held: whose clock its time is read on. */
	timezone: string;
	status: 'planned' | 'running' | 'held' | 'cancelled';
}

/** The sessions a person runs, the next ones first. */
export async function listOwnDialogs(
	db: Database,
	key: { engagementId: string; personId: string },
	limit: number,
): Promise<OwnDialog[]> {
	return await db
		.selectFrom('dialog_session as s')
		.innerJoin('site', 'site.id', 's.site_id')
		.innerJoin('district as d', 'd.id', 'site.district_id')
		.leftJoin('student_group as g', (join) =>
			join
				.onRef('g.engagement_id', '=', 's.engagement_id')
				.onRef('g.id', '=', 's.student_group_id'),
		)
		.select(['s.id', 's.key', 's.format', 's.starts_at as startsAt', 's.status'])
		.select(['g.name as group', 'site.name as site', 'd.timezone'])
		.where('s.engagement_id', '=', key.engagementId)
		.where('s.status', '!=', 'cancelled')
		.where(({ exists, selectFrom }) =>
			exists(
				selectFrom('dialog_duty as duty')
					.select('duty.id')
					.whereRef('duty.engagement_id', '=', 's.engagement_id')
					.whereRef('duty.session_id', '=', 's.id')
					.where('duty.person_id', '=', key.personId)
					.where('duty.role', 'in', ['lead', 'note_taker', 'interpreter']),
			),
		)
		.orderBy('s.starts_at')
		.orderBy('s.id')
		.limit(limit)
		.execute();
}

/** Names around a session: its group, its site, its guide as it was stored. */
export async function findRoom(db: Database, key: SessionKey) {
	return await db
		.selectFrom('dialog_session as s')
		.innerJoin('site', 'site.id', 's.site_id')
		.innerJoin('district as d', 'd.id', 'site.district_id')
		.innerJoin('dialog_guide_version as v', (join) =>
			join
				.onRef('v.engagement_id', '=', 's.engagement_id')
				.onRef('v.id', '=', 's.guide_version_id'),
		)
		.leftJoin('student_group as g', (join) =>
			join
				.onRef('g.engagement_id', '=', 's.engagement_id')
				.onRef('g.id', '=', 's.student_group_id'),
		)
		.select(['site.name as site', 'd.timezone', 'g.name as group'])
		.select(['v.number as guideNumber', 'v.body as guide'])
		.where('s.engagement_id', '=', key.engagementId)
		.where('s.id', '=', key.sessionId)
		.executeTakeFirst();
}

/** Who does what in the room; a student host has no name here. */
export async function listRoomDuties(
	db: Database,
	key: SessionKey,
): Promise<{ role: DialogRole; personId: string | null; name: string | null }[]> {
	return await db
		.selectFrom('dialog_duty as d')
		.leftJoin('person as p', 'p.id', 'd.person_id')
		.select(['d.role', 'd.person_id as personId', 'p.name'])
		.where('d.engagement_id', '=', key.engagementId)
		.where('d.session_id', '=', key.sessionId)
		.orderBy('d.role')
		.orderBy('d.id')
		.execute();
}

/** The seats of a session in their order, and whether somebody sits there. */
export async function listRoomSeats(db: Database, key: SessionKey) {
	return await db
		.selectFrom('dialog_seat')
		.select(['id', 'label', 'position', 'taken_at as takenAt'])
		.where('engagement_id', '=', key.engagementId)
		.where('session_id', '=', key.sessionId)
		.orderBy('position')
		.execute();
}

/** The steps of the before-list that are done. */
export async function listRoomGates(db: Database, key: SessionKey) {
	return await db
		.selectFrom('dialog_gate')
		.select(['step', 'done_at as doneAt'])
		.where('engagement_id', '=', key.engagementId)
		.where('session_id', '=', key.sessionId)
		.orderBy('step')
		.execute();
}

/** The consent ledger of a session, oldest first; of two at the same time, by id. */
export async function listRoomConsent(db: Database, key: SessionKey) {
	return await db
		.selectFrom('consent_entry')
		.select(['id', 'seat_id as seatId', 'scope', 'source', 'is_given as isGiven'])
		.select('said_at as saidAt')
		.where('engagement_id', '=', key.engagementId)
		.where('session_id', '=', key.sessionId)
		.orderBy('said_at')
		.orderBy('id')
		.execute();
}

/** Whether a seat belongs to a session. */
export async function hasSeat(db: Database, key: SessionKey, seatId: string): Promise<boolean> {
	const row = await db
		.selectFrom('dialog_seat')
		.select('id')
		.where('engagement_id', '=', key.engagementId)
		.where('session_id', '=', key.sessionId)
		.where('id', '=', seatId)
		.executeTakeFirst();
	return row !== undefined;
}
