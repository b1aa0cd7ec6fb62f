import { writeEnrollment } from '@throughline/db/queries/site-enrollment';
import type { Schema } from '@throughline/db/schema';
import type { Kysely } from 'kysely';
import type { Random } from '../../deps.ts';
import type { SampleEngagement } from '../read-sample.ts';

/** The ids of what was loaded, by the keys the sample's files use. */
export interface Places {
	engagementId: string;
	siteIds: Map<string, string>;
	directiveIds: Map<string, string>;
	groupIds: Map<string, string>;
}

type Loading = { random: Random; sample: SampleEngagement };

/** Writes the district, its sites with their enrolment, and the engagement with its mandate. */
export async function loadPlaces(db: Kysely<Schema>, loading: Loading): Promise<Places> {
	const { random, sample } = loading;
	const districtId = random.uuid7();
	const engagementId = random.uuid7();
	await writeDistrict(db, { districtId, sample });
	const siteIds = await writeSites(db, { ...loading, districtId });
	await writeEngagement(db, { districtId, engagementId, sample });
	const directiveIds = await writeMandate(db, { ...loading, engagementId });
	const groupIds = await writeMilestonesAndGroups(db, { ...loading, engagementId, siteIds });
	return { engagementId, siteIds, directiveIds, groupIds };
}

async function writeDistrict(
	db: Kysely<Schema>,
	{ districtId, sample }: { districtId: string; sample: SampleEngagement },
): Promise<void> {
	const { district } = sample;
	await db
		.insertInto('district')
		.values({
			id: districtId,
			key: district.key,
			name: district.name,
			short_name: district.shortName,
			state: district.state,
			timezone: district.timezone,
			default_language: district.defaultLanguage,
			languages: district.languages,
			details: JSON.stringify({
				partner: district.facilitationPartner.name,
				policeAgency: district.policeAgency.name,
				dataPracticesEmail: district.dataPracticesContact.email,
				responsibleAuthority: district.responsibleAuthority.displayName,
				noticeWords: district.noticeWords,
			}),
		})
		.execute();
}

async function writeSites(
	db: Kysely<Schema>,
	{ random, sample, districtId }: Loading & { districtId: string },
): Promise<Map<string, string>> {
	const siteIds = new Map<string, string>();
	for (const [position, site] of sample.sites.entries()) {
		const id = random.uuid7();
		siteIds.set(site.key, id);
		await db
			.insertInto('site')
			.values({
				id,
				district_id: districtId,
				key: site.key,
				name: site.name,
				level: site.level,
				grades: site.grades,
				has_sro: site.hasSro,
				position,
			})
			.execute();
		const { enrollment } = site;
		await writeEnrollment(db, {
			siteId: id,
			schoolYear: sample.engagement.schoolYear,
			counts: [
				['all', 'all', enrollment.total],
				...entries('grade', enrollment.byGrade),
				...entries('race', enrollment.byRace),
				['iep', 'yes', enrollment.iep],
				['plan_504', 'yes', enrollment.plan504],
				['english_learner', 'yes', enrollment.englishLearner],
			],
		});
	}
	return siteIds;
}

function entries(attribute: string, counts: Record<string, number>): [string, string, number][] {
	return Object.entries(counts).map(([value, n]) => [attribute, value, n]);
}

async function writeEngagement(
	db: Kysely<Schema>,
	options: { districtId: string; engagementId: string; sample: SampleEngagement },
): Promise<void> {
	const { engagement, phrases, advisoryTeam } = options.sample;
	const names = Object.values(phrases).flatMap((all) =>
		all.flatMap((phrase) => phrase.names ?? []),
	);
	await db
		.insertInto('engagement')
		.values({
			id: options.engagementId,
			district_id: options.districtId,
			slug: engagement.key,
			title: engagement.title,
			purpose: engagement.purpose,
			status: engagement.status,
			is_synthetic: true,
			school_year: engagement.schoolYear,
			min_n: engagement.minN,
			quote_k: engagement.quoteK,
			decision: JSON.stringify(engagement.decision),
			details: JSON.stringify({
				namesToRedact: [...new Set(names)].sort(),
				populations: engagement.populations,
				privacyDefaults: engagement.privacyDefaults,
				advisoryTeam,
			}),
		})
		.execute();
}

async function writeMandate(
	db: Kysely<Schema>,
	{ random, sample, engagementId }: Loading & { engagementId: string },
): Promise<Map<string, string>> {
	const { mandate } = sample.engagement;
	const mandateId = random.uuid7();
	const ids = new Map(mandate.directives.map(({ key }) => [key, random.uuid7()]));
	await db
		.insertInto('mandate')
		.values({
			engagement_id: engagementId,
			id: mandateId,
			body: mandate.body,
			document: mandate.document,
			adopted_on: mandate.date,
		})
		.execute();
	await db
		.insertInto('directive')
		.values(
			mandate.directives.map((directive, position) => ({
				engagement_id: engagementId,
				id: idOf(ids, directive.key),
				mandate_id: mandateId,
				key: directive.key,
				text: directive.text,
				position,
			})),
		)
		.execute();
	return ids;
}

async function writeMilestonesAndGroups(
	db: Kysely<Schema>,
	{ random, sample, engagementId, siteIds }: Loading & Pick<Places, 'engagementId' | 'siteIds'>,
): Promise<Map<string, string>> {
	const ids = new Map(sample.engagement.studentGroups.map(({ key }) => [key, random.uuid7()]));
	await db
		.insertInto('milestone')
		.values(
			sample.engagement.milestones.map((milestone, position) => ({
				engagement_id: engagementId,
				id: random.uuid7(),
				key: milestone.key,
				label: milestone.label,
				starts_on: milestone.date,
				ends_on: milestone.endDate ?? null,
				position,
			})),
		)
		.execute();
	await db
		.insertInto('student_group')
		.values(
			sample.engagement.studentGroups.map((group) => ({
				engagement_id: engagementId,
				id: idOf(ids, group.key),
				site_id: idOf(siteIds, group.site),
				key: group.key,
				name: group.name,
				kind: group.kind,
			})),
		)
		.execute();
	return ids;
}

/** @throws Error when the sample's files name something they do not hold. */
export function idOf(ids: ReadonlyMap<string, string>, key: string): string {
	const id = ids.get(key);
	if (id === undefined) {
		throw new Error(`The sample names '${key}', which it does not hold.`);
	}
	return id;
}
