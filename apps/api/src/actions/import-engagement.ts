import { createHash } from 'node:crypto';
import { writeAuditEntry } from '@throughline/db/queries/audit-entry';
import { insertGuideVersion } from '@throughline/db/queries/dialog-guide';
import {
	findDistrictId,
	insertDistrict,
	insertEngagement,
	insertMandate,
	insertMilestones,
	insertNotice,
	insertSite,
	insertStudentGroups,
	listSiteIds,
} from '@throughline/db/queries/new-engagement';
import { listSiteCounts } from '@throughline/db/queries/places';
import { isSiteCounted } from '@throughline/db/queries/site-enrollment';
import type { Schema } from '@throughline/db/schema';
import { canonicalJson } from '@throughline/survey-engine';
import type { Kysely } from 'kysely';
import type { Deps, Random } from '../deps.ts';
import type { DialogGuide } from '../dialogs/guide-schema.ts';
import { AppError } from '../errors.ts';
import { starterGuide, starterNotices } from '../sample/starter.ts';
import { changedCounts, refuseInUse, writeCounts } from './change-site.ts';
import type { EngagementFile } from './engagement-file.ts';

/**
 * Makes an engagement of a file, with its district and sites where they are new. A district that is
 * there keeps its own words; its sites get the enrolment of this school year.
 * @returns what was made.
 * @throws AppError 409 `engagement_exists`; `enrollment_in_use` when it counts schools anew beside
 * which opened answers of that school year are counted.
 */
export async function importEngagement(
	deps: Pick<Deps, 'db' | 'random'>,
	file: EngagementFile,
): Promise<{ slug: string; title: string; sites: number; students: number; notices: number }> {
	const { random } = deps;
	const { engagement } = file;
	const notices = file.notices ?? starterNotices();
	const students = await deps.db.transaction().execute(async (trx) => {
		const taken = await trx
			.selectFrom('engagement')
			.select('id')
			.where('slug', '=', engagement.key)
			.executeTakeFirst();
		if (taken) {
			const why = `There is an engagement ‘${engagement.key}’ already. Give this one another key.`;
			throw new AppError('engagement_exists', 409, why);
		}
		const { engagementId } = await writePlaces(trx, random, {
			file,
			status: 'active',
			isSynthetic: false,
			details: {},
		});
		await writeNotices(trx, random, { notices, engagementId });
		await writeGuide(trx, random, { engagementId, guide: file.dialogGuide ?? starterGuide() });
		await writeAuditEntry(trx, {
			engagementId,
			id: random.uuid7(),
			personId: null,
			action: 'engagement.imported',
			target: engagementId,
			detail: { sites: file.sites.length },
		});
		return file.sites.reduce((sum, site) => sum + total(site.enrollment['grade'] ?? {}), 0);
	});
	const { key: slug, title } = engagement;
	return { slug, title, sites: file.sites.length, students, notices: notices.length };
}

/** The ids of what was written, by the keys the file uses. */
export interface Places {
	engagementId: string;
	siteIds: Map<string, string>;
	directiveIds: Map<string, string>;
	groupIds: Map<string, string>;
}

/**
 * Writes a district, its sites with their enrolment, and an engagement with its mandate, milestones
 * and student groups, in a transaction.
 * @param given.details kept with the engagement beside the names to hide.
 */
export async function writePlaces(
	trx: Kysely<Schema>,
	random: Random,
	given: {
		file: Pick<EngagementFile, 'district' | 'sites' | 'engagement'>;
		status: 'planned' | 'active' | 'closed';
		isSynthetic: boolean;
		details: Record<string, unknown>;
	},
): Promise<Places> {
	const { file, status, isSynthetic, details } = given;
	const { engagement } = file;
	const engagementId = random.uuid7();
	const districtId = await districtOf(trx, random, file);
	const siteIds = await writeSites(trx, random, { file, districtId });
	await insertEngagement(trx, {
		id: engagementId,
		districtId,
		slug: engagement.key,
		title: engagement.title,
		purpose: engagement.purpose,
		status,
		isSynthetic,
		schoolYear: engagement.schoolYear,
		minN: engagement.minN,
		quoteK: engagement.quoteK,
		decision: engagement.decision,
		details: { namesToRedact: engagement.namesToRedact, ...details },
	});
	const plan = await writePlan(trx, random, { file, engagementId, siteIds });
	return { engagementId, siteIds, ...plan };
}

/** Stores notices as first versions. */
export async function writeNotices(
	db: Kysely<Schema>,
	random: Pick<Random, 'uuid7'>,
	given: { engagementId: string; notices: readonly { id: string; kind: string }[] },
): Promise<Map<string, { id: string; hash: string }>> {
	const written = new Map<string, { id: string; hash: string }>();
	for (const notice of given.notices) {
		const id = random.uuid7();
		const body = canonicalJson(notice);
		const bodyHash = hashOf(body);
		const { id: key, kind } = notice;
		await insertNotice(db, { engagementId: given.engagementId, id, key, kind, body, bodyHash });
		written.set(key, { id, hash: bodyHash });
	}
	return written;
}

/** Stores the first version of a guide and gives its id. */
export async function writeGuide(
	db: Kysely<Schema>,
	random: Pick<Random, 'uuid7'>,
	{ engagementId, guide }: { engagementId: string; guide: DialogGuide },
): Promise<string> {
	const id = random.uuid7();
	const bodyHash = hashOf(canonicalJson(guide));
	await insertGuideVersion(db, {
		engagementId,
		id,
		key: guide.key,
		number: 1,
		body: guide,
		bodyHash,
	});
	return id;
}

async function districtOf(
	db: Kysely<Schema>,
	random: Random,
	file: Pick<EngagementFile, 'district'>,
): Promise<string> {
	const { key, responsibleAuthority, dataPracticesEmail, noticeWords } = file.district;
	const known = await findDistrictId(db, key);
	if (known !== undefined) {
		return known;
	}
	const { partner, policeAgency } = file.district;
	const id = random.uuid7();
	const details = { responsibleAuthority, dataPracticesEmail, partner, policeAgency, noticeWords };
	await insertDistrict(db, { ...file.district, id, details });
	return id;
}

async function writeSites(
	db: Kysely<Schema>,
	random: Random,
	{ file, districtId }: { file: Pick<EngagementFile, 'sites' | 'engagement'>; districtId: string },
): Promise<Map<string, string>> {
	const ids = await listSiteIds(db, districtId);
	const { schoolYear } = file.engagement;
	for (const [position, { enrollment, ...site }] of file.sites.entries()) {
		const known = ids.get(site.key);
		const id = known ?? random.uuid7();
		if (known === undefined) {
			await insertSite(db, { id, districtId, position, ...site });
			ids.set(site.key, id);
		}
		const counts = Object.entries(enrollment).flatMap(([attribute, values]) =>
			Object.entries(values).map(([value, n]) => ({ attribute, value, n })),
		);
		const before = await listSiteCounts(db, { siteId: id, schoolYear });
		const isCounted = await isSiteCounted(db, { siteId: id, schoolYear });
		if (!isCounted || changedCounts(before, counts).length > 0) {
			await refuseInUse(db, { districtId, schoolYear });
			await writeCounts(db, { siteId: id, schoolYear, counts });
		}
	}
	return ids;
}

async function writePlan(
	db: Kysely<Schema>,
	random: Random,
	given: {
		file: Pick<EngagementFile, 'engagement'>;
		engagementId: string;
		siteIds: ReadonlyMap<string, string>;
	},
): Promise<Pick<Places, 'directiveIds' | 'groupIds'>> {
	const { engagementId, siteIds } = given;
	const { mandate, milestones, studentGroups } = given.file.engagement;
	const directives = mandate.directives.map((each) => ({ id: random.uuid7(), ...each }));
	await insertMandate(db, {
		engagementId,
		id: random.uuid7(),
		body: mandate.body,
		document: mandate.document,
		adoptedOn: mandate.date,
		directives,
	});
	await insertMilestones(
		db,
		engagementId,
		milestones.map(({ key, label, date, endDate }) => ({
			id: random.uuid7(),
			key,
			label,
			startsOn: date,
			endsOn: endDate ?? null,
		})),
	);
	const groups = studentGroups.flatMap(({ site, ...group }) => {
		const siteId = siteIds.get(site);
		return siteId === undefined ? [] : [{ id: random.uuid7(), siteId, ...group }];
	});
	await insertStudentGroups(db, engagementId, groups);
	return {
		directiveIds: new Map(directives.map(({ key, id }) => [key, id])),
		groupIds: new Map(groups.map(({ key, id }) => [key, id])),
	};
}

function hashOf(body: string): string {
	return createHash('sha256').update(body).digest('hex');
}

function total(counts: Readonly<Record<string, number>>): number {
	return Object.values(counts).reduce((sum, n) => sum + n, 0);
}
