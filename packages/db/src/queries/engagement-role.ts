import { sql } from 'kysely';
import type { StaffRole } from '../schema.ts';
import type { Database } from '../types.ts';

export interface GrantRow {
	engagementId: string;
	role: StaffRole;
	siteId: string | null;
	/** The engagement is the sample: nobody in it is real. */
	isSynthetic: boolean;
}

/** The roles a person holds on the day it is in each district; roles that have ended are left out. */
export async function listCurrentGrants(
	db: Database,
	personId: string,
	now: Date,
): Promise<GrantRow[]> {
	return await db
		.selectFrom('engagement_role as r')
		.innerJoin('engagement as e', 'e.id', 'r.engagement_id')
		.innerJoin('district as d', 'd.id', 'e.district_id')
		.select(['r.engagement_id as engagementId', 'r.role', 'r.site_id as siteId'])
		.select('e.is_synthetic as isSynthetic')
		.where('r.person_id', '=', personId)
		.where((where) =>
			where.or([
				where('r.ends_on', 'is', null),
				sql<boolean>`r.ends_on >= (${now}::timestamptz at time zone d.timezone)::date`,
			]),
		)
		.orderBy('r.engagement_id')
		.orderBy('r.role')
		.execute();
}

/** Gives a person a role; giving it again changes its site and end. */
export async function grantRole(
	db: Database,
	grant: {
		engagementId: string;
		personId: string;
		role: StaffRole;
		siteId?: string | null;
		endsOn?: string | null;
	},
): Promise<void> {
	const siteId = grant.siteId ?? null;
	const endsOn = grant.endsOn ?? null;
	await db
		.insertInto('engagement_role')
		.values({
			engagement_id: grant.engagementId,
			person_id: grant.personId,
			role: grant.role,
			site_id: siteId,
			ends_on: endsOn,
		})
		.onConflict((conflict) =>
			conflict
				.columns(['engagement_id', 'person_id', 'role'])
				.doUpdateSet({ site_id: siteId, ends_on: endsOn }),
		)
		.execute();
}

/** Takes roles from a person: those named, or all. Returns how many were taken. */
export async function revokeRoles(
	db: Database,
	person: { engagementId: string; personId: string; roles?: StaffRole[] },
): Promise<number> {
	if (person.roles?.length === 0) {
		return 0;
	}
	const result = await db
		.deleteFrom('engagement_role')
		.where('engagement_id', '=', person.engagementId)
		.where('person_id', '=', person.personId)
		.$if(person.roles !== undefined, (query) => query.where('role', 'in', person.roles ?? []))
		.executeTakeFirst();
	return Number(result.numDeletedRows);
}

/** Gives a role an end where it has none, or a later one. */
export async function endRole(
	db: Database,
	ended: { engagementId: string; personId: string; role: StaffRole; endsOn: string },
): Promise<void> {
	await db
		.updateTable('engagement_role')
		.set({ ends_on: ended.endsOn })
		.where('engagement_id', '=', ended.engagementId)
		.where('person_id', '=', ended.personId)
		.where('role', '=', ended.role)
		.where((where) => where.or([where('ends_on', 'is', null), where('ends_on', '>', ended.endsOn)]))
		.execute();
}

/**
 * Locks the administrators of an engagement until the transaction ends and gives their ids, so
 * that two of them cannot remove each other at once. Roles with an end do not count: one day
 * nobody would be left.
 */
export async function lockAdministrators(db: Database, engagementId: string): Promise<string[]> {
	const rows = await db
		.selectFrom('engagement_role')
		.select('person_id')
		.where('engagement_id', '=', engagementId)
		.where('role', '=', 'administrator')
		.where('ends_on', 'is', null)
		.orderBy('person_id')
		.forUpdate()
		.execute();
	return rows.map((row) => row.person_id);
}

/** The roles a person has in one engagement, ended ones included. */
export async function listRolesOf(
	db: Database,
	person: { engagementId: string; personId: string },
): Promise<StaffRole[]> {
	const rows = await db
		.selectFrom('engagement_role')
		.select('role')
		.where('engagement_id', '=', person.engagementId)
		.where('person_id', '=', person.personId)
		.orderBy('role')
		.execute();
	return rows.map((row) => row.role);
}
