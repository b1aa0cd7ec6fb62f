import type { Database } from '../types.ts';
import { compareGrades } from './site.ts';

/** The school year of an engagement's district: enrolment is counted once in it. */
interface DistrictYear {
	districtId: string;
	schoolYear: string;
}

/** The schools of a district in their order, with how many are enrolled there in a school year. */
export async function listSitePage(
	db: Database,
	district: DistrictYear,
	page: { limit: number; offset: number },
) {
	return await db
		.selectFrom('site as s')
		.leftJoin('site_enrollment as n', (join) =>
			join
				.onRef('n.site_id', '=', 's.id')
				.on('n.school_year', '=', district.schoolYear)
				.on('n.attribute', '=', 'all'),
		)
		.select(['s.id', 's.key', 's.name', 's.level', 's.has_sro as hasSro'])
		.select((expression) => expression.fn.max('n.n').as('enrolled'))
		.where('s.district_id', '=', district.districtId)
		.groupBy(['s.id', 's.key', 's.name', 's.level', 's.has_sro', 's.position'])
		.orderBy('s.position')
		.orderBy('s.key')
		.limit(page.limit)
		.offset(page.offset)
		.execute();
}

/** One school of a district, or undefined. */
export async function findSite(db: Database, key: { districtId: string; siteId: string }) {
	return await db
		.selectFrom('site')
		.select(['id', 'key', 'name', 'level', 'grades', 'has_sro as hasSro'])
		.where('district_id', '=', key.districtId)
		.where('id', '=', key.siteId)
		.executeTakeFirst();
}

/** The enrolment counts of a school in a school year, the sum of all left out. */
export async function listSiteCounts(db: Database, key: { siteId: string; schoolYear: string }) {
	return await db
		.selectFrom('site_enrollment')
		.select(['attribute', 'value', 'n'])
		.where('site_id', '=', key.siteId)
		.where('school_year', '=', key.schoolYear)
		.where('attribute', '!=', 'all')
		.orderBy('attribute')
		.orderBy('value')
		.execute();
}

/**
 * Keeps others from changing the schools of a district, or from adding some, until the
 * transaction ends.
 */
export async function lockDistrict(db: Database, districtId: string): Promise<void> {
	await db
		.selectFrom('district')
		.select('id')
		.where('id', '=', districtId)
		.forUpdate()
		.executeTakeFirst();
}

/** Whether answers were opened that are counted beside a district's enrolment of a school year. */
export async function isEnrollmentInUse(db: Database, district: DistrictYear): Promise<boolean> {
	const window = await db
		.selectFrom('survey_window as w')
		.innerJoin('engagement as e', 'e.id', 'w.engagement_id')
		.select('w.id')
		.where('e.district_id', '=', district.districtId)
		.where('e.school_year', '=', district.schoolYear)
		.where('w.status', '=', 'opened')
		.limit(1)
		.executeTakeFirst();
	return window !== undefined;
}

/** The place of a school behind all others of its district. */
export async function nextSitePosition(db: Database, districtId: string): Promise<number> {
	const last = await db
		.selectFrom('site')
		.select((expression) => expression.fn.max('position').as('position'))
		.where('district_id', '=', districtId)
		.executeTakeFirst();
	return (last?.position ?? -1) + 1;
}

/** Changes what a school is called, whether officers work there, and which grades it teaches. */
export async function updateSite(
	db: Database,
	site: { id: string; name: string; hasSro: boolean; grades: string[] },
): Promise<void> {
	await db
		.updateTable('site')
		.set({
			name: site.name,
			has_sro: site.hasSro,
			grades: site.grades.toSorted(compareGrades),
		})
		.where('id', '=', site.id)
		.execute();
}

/** Windows of a school that have not begun: drafts of engagements that count in that year. */
export async function listDraftWindowsAt(
	db: Database,
	key: { siteId: string; schoolYear: string },
) {
	return await db
		.selectFrom('survey_window as w')
		.innerJoin('engagement as e', 'e.id', 'w.engagement_id')
		.select(['w.engagement_id as engagementId', 'w.id as windowId'])
		.where('w.status', '=', 'draft')
		.where('e.school_year', '=', key.schoolYear)
		.where((where) =>
			where.exists(
				where
					.selectFrom('cohort as c')
					.select('c.id')
					.whereRef('c.engagement_id', '=', 'w.engagement_id')
					.whereRef('c.window_id', '=', 'w.id')
					.where('c.site_id', '=', key.siteId),
			),
		)
		.orderBy('w.engagement_id')
		.orderBy('w.id')
		.forUpdate('w')
		.execute();
}

/** Sets how many may answer in a cohort of a window, and makes the cohort where there is none. */
export async function putCohort(
	db: Database,
	cohort: {
		engagementId: string;
		windowId: string;
		id: string;
		siteId: string;
		grade: string;
		eligible: number;
	},
): Promise<void> {
	await db
		.insertInto('cohort')
		.values({
			engagement_id: cohort.engagementId,
			id: cohort.id,
			window_id: cohort.windowId,
			site_id: cohort.siteId,
			grade: cohort.grade,
			eligible: cohort.eligible,
			codes_made: 0,
		})
		.onConflict((conflict) =>
			conflict
				.columns(['engagement_id', 'window_id', 'site_id', 'grade'])
				.doUpdateSet({ eligible: cohort.eligible }),
		)
		.execute();
}

/** The student groups of an engagement, with ids. */
export async function listGroups(db: Database, engagementId: string, { limit }: { limit: number }) {
	return await db
		.selectFrom('student_group as g')
		.innerJoin('site as s', 's.id', 'g.site_id')
		.select(['g.id', 'g.key', 'g.name', 'g.kind', 's.name as site'])
		.where('g.engagement_id', '=', engagementId)
		.orderBy('s.position')
		.orderBy('g.name')
		.orderBy('g.id')
		.limit(limit)
		.execute();
}

/** Changes a student group. Returns false when there is none. */
export async function updateGroup(
	db: Database,
	group: {
		engagementId: string;
		id: string;
		name: string;
		kind: 'advocacy' | 'leadership' | 'other';
	},
): Promise<boolean> {
	const result = await db
		.updateTable('student_group')
		.set({ name: group.name, kind: group.kind })
		.where('engagement_id', '=', group.engagementId)
		.where('id', '=', group.id)
		.executeTakeFirst();
	return result.numUpdatedRows === 1n;
}

/** The milestones of an engagement, with ids, by their dates. */
export async function listMilestonesById(
	db: Database,
	engagementId: string,
	{ limit }: { limit: number },
) {
	return await db
		.selectFrom('milestone')
		.select(['id', 'key', 'label', 'starts_on as startsOn', 'ends_on as endsOn', 'position'])
		.where('engagement_id', '=', engagementId)
		.orderBy('starts_on')
		.orderBy('position')
		.orderBy('id')
		.limit(limit)
		.execute();
}

/** Stores a milestone behind those that are there. */
export async function insertMilestone(
	db: Database,
	milestone: {
		engagementId: string;
		id: string;
		key: string;
		label: string;
		startsOn: string;
		endsOn: string | null;
		position: number;
	},
): Promise<void> {
	await db
		.insertInto('milestone')
		.values({
			engagement_id: milestone.engagementId,
			id: milestone.id,
			key: milestone.key,
			label: milestone.label,
			starts_on: milestone.startsOn,
			ends_on: milestone.endsOn,
			position: milestone.position,
		})
		.execute();
}

/** Changes a milestone. Returns false when there is none. */
export async function updateMilestone(
	db: Database,
	milestone: {
		engagementId: string;
		id: string;
		label: string;
		startsOn: string;
		endsOn: string | null;
	},
): Promise<boolean> {
	const result = await db
		.updateTable('milestone')
		.set({ label: milestone.label, starts_on: milestone.startsOn, ends_on: milestone.endsOn })
		.where('engagement_id', '=', milestone.engagementId)
		.where('id', '=', milestone.id)
		.executeTakeFirst();
	return result.numUpdatedRows === 1n;
}

/** Takes a milestone away. Returns false when there is none. */
export async function deleteMilestone(
	db: Database,
	key: { engagementId: string; id: string },
): Promise<boolean> {
	const result = await db
		.deleteFrom('milestone')
		.where('engagement_id', '=', key.engagementId)
		.where('id', '=', key.id)
		.executeTakeFirst();
	return result.numDeletedRows === 1n;
}
