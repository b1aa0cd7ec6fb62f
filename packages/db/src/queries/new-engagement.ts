import type { SiteLevel } from '../schema.ts';
import type { Database } from '../types.ts';
import { json } from '../open-values.ts';

/** The district of a key, or undefined. */
export async function findDistrictId(db: Database, key: string): Promise<string | undefined> {
	const row = await db
		.selectFrom('district')
		.select('id')
		.where('key', '=', key)
		.executeTakeFirst();
	return row?.id;
}

/** Stores a district. */
export async function insertDistrict(
	db: Database,
	district: {
		id: string;
		key: string;
		name: string;
		shortName: string;
		state: string;
		timezone: string;
		defaultLanguage: string;
		languages: string[];
		details: unknown;
	},
): Promise<void> {
	await db
		.insertInto('district')
		.values({
			id: district.id,
			key: district.key,
			name: district.name,
			short_name: district.shortName,
			state: district.state,
			timezone: district.timezone,
			default_language: district.defaultLanguage,
			languages: district.languages,
			details: json(district.details),
		})
		.execute();
}

/** The ids of a district's sites, by key. */
export async function listSiteIds(db: Database, districtId: string): Promise<Map<string, string>> {
	const rows = await db
		.selectFrom('site')
		.select(['id', 'key'])
		.where('district_id', '=', districtId)
		.orderBy('position')
		.orderBy('id')
		.execute();
	return new Map(rows.map(({ id, key }) => [key, id]));
}

/** Stores a site. */
export async function insertSite(
	db: Database,
	site: {
		id: string;
		districtId: string;
		key: string;
		name: string;
		level: SiteLevel;
		grades: string[];
		hasSro: boolean;
		position: number;
	},
): Promise<void> {
	await db
		.insertInto('site')
		.values({
			id: site.id,
			district_id: site.districtId,
			key: site.key,
			name: site.name,
			level: site.level,
			grades: site.grades,
			has_sro: site.hasSro,
			position: site.position,
		})
		.execute();
}

/** Stores an engagement, without its mandate. */
export async function insertEngagement(
	db: Database,
	engagement: {
		id: string;
		districtId: string;
		slug: string;
		title: string;
		purpose: string;
		status: 'planned' | 'active' | 'closed';
		isSynthetic: boolean;
		schoolYear: string;
		minN: number;
		quoteK: number;
		decision: unknown;
		details: unknown;
	},
): Promise<void> {
	await db
		.insertInto('engagement')
		.values({
			id: engagement.id,
			district_id: engagement.districtId,
			slug: engagement.slug,
			title: engagement.title,
			purpose: engagement.purpose,
			status: engagement.status,
			is_synthetic: engagement.isSynthetic,
			school_year: engagement.schoolYear,
			min_n: engagement.minN,
			quote_k: engagement.quoteK,
			decision: json(engagement.decision),
			details: json(engagement.details),
		})
		.execute();
}

/** Stores the mandate of an engagement and its directives, in their order. */
export async function insertMandate(
	db: Database,
	mandate: {
		engagementId: string;
		id: string;
		body: string;
		document: string;
		adoptedOn: string;
		directives: { id: string; key: string; text: string }[];
	},
): Promise<void> {
	const { engagementId, id } = mandate;
	await db
		.insertInto('mandate')
		.values({
			engagement_id: engagementId,
			id,
			body: mandate.body,
			document: mandate.document,
			adopted_on: mandate.adoptedOn,
		})
		.execute();
	await db
		.insertInto('directive')
		.values(
			mandate.directives.map((directive, position) => ({
				engagement_id: engagementId,
				mandate_id: id,
				position,
				...directive,
			})),
		)
		.execute();
}

/** Stores milestones, in their order. */
export async function insertMilestones(
	db: Database,
	engagementId: string,
	milestones: { id: string; key: string; label: string; startsOn: string; endsOn: string | null }[],
): Promise<void> {
	if (milestones.length === 0) {
		return;
	}
	await db
		.insertInto('milestone')
		.values(
			milestones.map(({ startsOn, endsOn, ...milestone }, position) => ({
				engagement_id: engagementId,
				starts_on: startsOn,
				ends_on: endsOn,
				position,
				...milestone,
			})),
		)
		.execute();
}

/** Stores student groups. */
export async function insertStudentGroups(
	db: Database,
	engagementId: string,
	groups: {
		id: string;
		siteId: string;
		key: string;
		name: string;
		kind: 'advocacy' | 'leadership' | 'other';
	}[],
): Promise<void> {
	if (groups.length === 0) {
		return;
	}
	await db
		.insertInto('student_group')
		.values(
			groups.map(({ siteId, ...group }) => ({
				engagement_id: engagementId,
				site_id: siteId,
				...group,
			})),
		)
		.execute();
}

/** Stores the first version of a notice. */
export async function insertNotice(
	db: Database,
	notice: {
		engagementId: string;
		id: string;
		key: string;
		kind: string;
		body: string;
		bodyHash: string;
	},
): Promise<void> {
	await db
		.insertInto('notice_version')
		.values({
			engagement_id: notice.engagementId,
			id: notice.id,
			key: notice.key,
			kind: notice.kind,
			number: 1,
			body: notice.body,
			body_hash: notice.bodyHash,
		})
		.execute();
}
