import type { Database } from '../types.ts';

interface WindowKey {
	engagementId: string;
	windowId: string;
}

export interface WindowCohort {
	id: string;
	siteId: string;
	siteKey: string;
	site: string;
	grade: string;
	eligible: number;
	/** Codes ever made, voided ones included. */
	codesMade: number;
}

/** The cohorts of a window that codes are made for: one per site and grade, in their order. */
export async function listWindowCohorts(db: Database, key: WindowKey): Promise<WindowCohort[]> {
	return await db
		.selectFrom('cohort as c')
		.innerJoin('site as s', 's.id', 'c.site_id')
		.select(['c.id', 's.id as siteId', 's.key as siteKey', 's.name as site', 'c.eligible'])
		.select(['c.codes_made as codesMade'])
		.select((expression) => expression.ref('c.grade').$notNull().as('grade'))
		.where('c.engagement_id', '=', key.engagementId)
		.where('c.window_id', '=', key.windowId)
		.where('c.grade', 'is not', null)
		.orderBy('s.position')
		.orderBy('s.key')
		// Shorter first: '9' comes before '10', and no grade has more than two digits.
		.orderBy((expression) => expression.fn<number>('length', ['c.grade']))
		.orderBy('c.grade')
		.execute();
}

/** Makes cohorts for a window. */
export async function createCohorts(
	db: Database,
	key: WindowKey,
	cohorts: { id: string; siteId: string; grade: string; eligible: number }[],
): Promise<void> {
	if (cohorts.length === 0) {
		return;
	}
	await db
		.insertInto('cohort')
		.values(
			cohorts.map((cohort) => ({
				engagement_id: key.engagementId,
				id: cohort.id,
				window_id: key.windowId,
				site_id: cohort.siteId,
				grade: cohort.grade,
				eligible: cohort.eligible,
				codes_made: 0,
			})),
		)
		.execute();
}

/** Takes the cohorts of a window away. */
export async function deleteCohorts(db: Database, key: WindowKey): Promise<void> {
	await db
		.deleteFrom('cohort')
		.where('engagement_id', '=', key.engagementId)
		.where('window_id', '=', key.windowId)
		.execute();
}

/** A cohort, locked until the transaction ends, or undefined. */
export async function lockCohort(db: Database, key: WindowKey & { cohortId: string }) {
	return await db
		.selectFrom('cohort')
		.select(['id', 'eligible', 'codes_made as codesMade'])
		.where('engagement_id', '=', key.engagementId)
		.where('window_id', '=', key.windowId)
		.where('id', '=', key.cohortId)
		.where('grade', 'is not', null)
		.forUpdate()
		.executeTakeFirst();
}

/** Counts further codes as made for a cohort. */
export async function addCodesMade(
	db: Database,
	cohort: { engagementId: string; cohortId: string; count: number },
): Promise<void> {
	await db
		.updateTable('cohort')
		.set((expression) => ({ codes_made: expression('codes_made', '+', cohort.count) }))
		.where('engagement_id', '=', cohort.engagementId)
		.where('id', '=', cohort.cohortId)
		.execute();
}
