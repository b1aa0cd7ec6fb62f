import { sql } from 'kysely';
import type { DialogRole, StaffRole } from '../schema.ts';
import type { Database } from '../types.ts';

export interface Duty {
	sessionId: string;
	role: DialogRole;
	/** Null: a student or an interpreter, counted and not named. */
	personId: string | null;
	name: string | null;
}

/** Who does what in these sessions. */
export async function listDuties(
	db: Database,
	engagementId: string,
	sessionIds: readonly string[],
): Promise<Duty[]> {
	if (sessionIds.length === 0) {
		return [];
	}
	return await db
		.selectFrom('dialog_duty as d')
		.leftJoin('person as p', 'p.id', 'd.person_id')
		.select(['d.session_id as sessionId', 'd.role', 'd.person_id as personId', 'p.name'])
		.where('d.engagement_id', '=', engagementId)
		.where('d.session_id', 'in', sessionIds)
		.orderBy('d.session_id')
		.orderBy('d.role')
		.orderBy('p.name')
		.orderBy('d.id')
		.execute();
}

/** Puts these duties in the place of those a session had. */
export async function replaceDuties(
	db: Database,
	key: { engagementId: string; sessionId: string },
	duties: readonly { id: string; role: DialogRole; personId: string | null }[],
): Promise<void> {
	await db
		.deleteFrom('dialog_duty')
		.where('engagement_id', '=', key.engagementId)
		.where('session_id', '=', key.sessionId)
		.execute();
	if (duties.length === 0) {
		return;
	}
	await db
		.insertInto('dialog_duty')
		.values(
			duties.map((duty) => ({
				engagement_id: key.engagementId,
				session_id: key.sessionId,
				id: duty.id,
				role: duty.role,
				person_id: duty.personId,
			})),
		)
		.execute();
}

export interface DutyCandidate {
	id: string;
	name: string;
	roles: StaffRole[];
}

/** People of an engagement who hold one of these roles today, with all the roles they hold. */
export async function listDutyCandidates(
	db: Database,
	engagementId: string,
	options: { roles: readonly StaffRole[]; today: string; limit: number },
): Promise<DutyCandidate[]> {
	return await candidates(db, engagementId, options.today)
		.having(sql<boolean>`array_agg(r.role::text) && ${[...options.roles]}::text[]`)
		.orderBy('p.name')
		.orderBy('p.id')
		.limit(options.limit)
		.execute();
}

/** These people with the roles they hold in an engagement today; strangers to it are left out. */
export async function findDutyCandidates(
	db: Database,
	engagementId: string,
	{ ids, today }: { ids: readonly string[]; today: string },
): Promise<DutyCandidate[]> {
	if (ids.length === 0) {
		return [];
	}
	return await candidates(db, engagementId, today)
		.where('p.id', 'in', [...new Set(ids)])
		.orderBy('p.id')
		.execute();
}

function candidates(db: Database, engagementId: string, today: string) {
	return db
		.selectFrom('person as p')
		.innerJoin('engagement_role as r', 'r.person_id', 'p.id')
		.select(['p.id', 'p.name'])
		.select(sql<StaffRole[]>`array_agg(r.role::text order by r.role)`.as('roles'))
		.where('r.engagement_id', '=', engagementId)
		.where((where) => where.or([where('r.ends_on', 'is', null), where('r.ends_on', '>=', today)]))
		.groupBy(['p.id', 'p.name']);
}
