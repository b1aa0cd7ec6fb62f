import type { Database } from '../types.ts';

/** Engagements by their ids, newest first. */
export async function listEngagements(db: Database, ids: string[]) {
	if (ids.length === 0) {
		return [];
	}
	return await db
		.selectFrom('engagement as e')
		.innerJoin('district as d', 'd.id', 'e.district_id')
		.select(['e.id', 'e.slug', 'e.title', 'e.status', 'e.is_synthetic as isSynthetic'])
		.select(['e.school_year as schoolYear', 'd.name as district'])
		.where('e.id', 'in', ids)
		.orderBy('e.created_at', 'desc')
		.orderBy('e.id')
		.execute();
}

/** One engagement with what its district sets, or undefined. */
export async function findEngagement(db: Database, id: string) {
	return await db
		.selectFrom('engagement as e')
		.innerJoin('district as d', 'd.id', 'e.district_id')
		.select(['e.id', 'e.slug', 'e.title', 'e.purpose', 'e.status', 'e.decision', 'e.details'])
		.select(['e.is_synthetic as isSynthetic', 'e.school_year as schoolYear', 'e.min_n as minN'])
		.select(['d.id as districtId', 'd.name as district', 'd.timezone', 'd.languages'])
		.where('e.id', '=', id)
		.executeTakeFirst();
}

/** The board's resolutions behind an engagement, with what each directs. */
export async function listMandates(db: Database, engagementId: string) {
	const mandates = await db
		.selectFrom('mandate')
		.select(['id', 'body', 'document', 'adopted_on as adoptedOn'])
		.where('engagement_id', '=', engagementId)
		.orderBy('adopted_on')
		.orderBy('id')
		.execute();
	const directives = await db
		.selectFrom('directive')
		.select(['mandate_id as mandateId', 'key', 'text'])
		.where('engagement_id', '=', engagementId)
		.orderBy('position')
		.orderBy('id')
		.execute();
	return mandates.map((mandate) => ({
		...mandate,
		directives: directives.filter((directive) => directive.mandateId === mandate.id),
	}));
}

/** The steps of an engagement in the order they were set. */
export async function listMilestones(db: Database, engagementId: string) {
	return await db
		.selectFrom('milestone')
		.select(['key', 'label', 'starts_on as startsOn', 'ends_on as endsOn'])
		.where('engagement_id', '=', engagementId)
		.orderBy('position')
		.orderBy('key')
		.execute();
}

/** Student groups of an engagement, with their school. */
export async function listStudentGroups(db: Database, engagementId: string) {
	return await db
		.selectFrom('student_group as g')
		.innerJoin('site as s', 's.id', 'g.site_id')
		.select(['g.key', 'g.name', 'g.kind', 's.name as site'])
		.where('g.engagement_id', '=', engagementId)
		.orderBy('s.position')
		.orderBy('g.name')
		.orderBy('g.key')
		.execute();
}

/** What the board directs, in its order, with ids: for forms that refer to it. */
export async function listDirectives(
	db: Database,
	engagementId: string,
	{ limit }: { limit: number },
) {
	return await db
		.selectFrom('directive')
		.select(['id', 'text'])
		.where('engagement_id', '=', engagementId)
		.orderBy('position')
		.orderBy('id')
		.limit(limit)
		.execute();
}

/** Student groups with ids, in the order of their names: for forms that refer to them. */
export async function listGroupChoices(
	db: Database,
	engagementId: string,
	{ limit }: { limit: number },
) {
	return await db
		.selectFrom('student_group as g')
		.innerJoin('site as s', 's.id', 'g.site_id')
		.select(['g.id', 'g.name', 'g.site_id as siteId', 's.name as site'])
		.where('g.engagement_id', '=', engagementId)
		.orderBy('g.name')
		.orderBy('g.id')
		.limit(limit)
		.execute();
}
