import { writeAuditEntry } from '@throughline/db/queries/audit-entry';
import { findEngagement } from '@throughline/db/queries/engagement';
import { insertSite, listSiteIds } from '@throughline/db/queries/new-engagement';
import {
	findSite,
	isEnrollmentInUse,
	listDraftWindowsAt,
	listSiteCounts,
	lockDistrict,
	nextSitePosition,
	putCohort,
	updateSite,
} from '@throughline/db/queries/places';
import { compareGrades } from '@throughline/db/queries/site';
import { writeEnrollment } from '@throughline/db/queries/site-enrollment';
import type { Schema } from '@throughline/db/schema';
import type { Kysely, Transaction } from 'kysely';
import type { Deps } from '../deps.ts';
import { AppError, notFound } from '../errors.ts';
import type { NewSiteBody, SiteBody } from '../routes/places/schema.ts';
import { keyOf } from './key-of.ts';

type Count = NewSiteBody['counts'][number];

/**
 * Adds a school to the district of an engagement, with its enrolment of the engagement's year.
 * @throws AppError 409 `enrollment_in_use`; 422 when a school has this name.
 */
export async function addSite(
	deps: Pick<Deps, 'db' | 'random'>,
	engagementId: string,
	{ body, personId }: { body: NewSiteBody; personId: string },
): Promise<{ id: string }> {
	const { random } = deps;
	const id = random.uuid7();
	await deps.db.transaction().execute(async (trx) => {
		const district = await openDistrict(trx, engagementId);
		await refuseInUse(trx, district);
		const known = await listSiteIds(trx, district.districtId);
		await refuseName(trx, { districtId: district.districtId, name: body.name, siteId: null });
		await insertSite(trx, {
			id,
			districtId: district.districtId,
			key: keyOf(body.name, [...known.keys()]),
			name: body.name,
			level: body.level,
			grades: gradesOf(body.counts).toSorted(compareGrades),
			hasSro: body.hasSro,
			position: await nextSitePosition(trx, district.districtId),
		});
		await writeCounts(trx, { siteId: id, schoolYear: district.schoolYear, counts: body.counts });
		await writeAuditEntry(trx, {
			engagementId,
			id: random.uuid7(),
			personId,
			action: 'site.added',
			target: id,
			detail: { name: body.name, counts: body.counts },
		});
	});
	return { id };
}

/**
 * Changes a school of the district: its name, whether officers work there, and its enrolment of
 * the engagement's year; counts that are left out stay as they are. A grade that is named for the first time is taught there from now on.
 * Windows that have not begun take the counts over; those that have begun keep theirs.
 * @throws AppError `not_found`; 409 `enrollment_in_use` when counts would change beside which
 * opened answers are counted; 422 when another school has this name.
 */
export async function changeSite(
	deps: Pick<Deps, 'db' | 'random'>,
	key: { engagementId: string; siteId: string },
	{ body, personId }: { body: SiteBody; personId: string },
): Promise<void> {
	const { engagementId, siteId } = key;
	const { random } = deps;
	await deps.db.transaction().execute(async (trx) => {
		const { districtId, schoolYear } = await openDistrict(trx, engagementId);
		const site = await findSite(trx, { districtId, siteId });
		if (!site) {
			throw notFound();
		}
		await refuseName(trx, { districtId, name: body.name, siteId });
		const counts = body.counts ?? [];
		const changed = changedCounts(await listSiteCounts(trx, { siteId, schoolYear }), counts);
		if (changed.length > 0) {
			await refuseInUse(trx, { districtId, schoolYear });
			await writeCounts(trx, { siteId, schoolYear, counts });
			await bringToDrafts(trx, random, { siteId, schoolYear, counts: changed });
		}
		const grades = [...new Set([...site.grades, ...gradesOf(counts)])];
		await updateSite(trx, { id: siteId, name: body.name, hasSro: body.hasSro, grades });
		await writeAuditEntry(trx, {
			engagementId,
			id: random.uuid7(),
			personId,
			action: 'site.changed',
			target: siteId,
			detail: {
				before: { name: site.name, hasSro: site.hasSro },
				after: { name: body.name, hasSro: body.hasSro },
				counts: changed,
			},
		});
	});
}

/** The district of an engagement; nobody else changes its schools meanwhile. */
async function openDistrict(trx: Transaction<Schema>, engagementId: string) {
	const engagement = await findEngagement(trx, engagementId);
	if (!engagement) {
		throw notFound();
	}
	const { districtId, schoolYear } = engagement;
	await lockDistrict(trx, districtId);
	return { districtId, schoolYear };
}

/**
 * Refuses to count a district anew beside answers that were opened.
 * @throws AppError 409 `enrollment_in_use`.
 */
export async function refuseInUse(
	trx: Kysely<Schema>,
	district: { districtId: string; schoolYear: string },
): Promise<void> {
	if (await isEnrollmentInUse(trx, district)) {
		throw new AppError(
			'enrollment_in_use',
			409,
			`Answers were opened and counted beside the enrolment of ${district.schoolYear}, so its schools and counts stay as they are. Names can be changed; a later school year has its own counts.`,
		);
	}
}

async function refuseName(
	trx: Transaction<Schema>,
	site: { districtId: string; name: string; siteId: string | null },
): Promise<void> {
	const other = await trx
		.selectFrom('site')
		.select('id')
		.where('district_id', '=', site.districtId)
		.where('name', '=', site.name)
		.where('id', 'is distinct from', site.siteId)
		.executeTakeFirst();
	if (other) {
		const message = 'Another school of the district has this name.';
		throw new AppError('invalid_input', 422, message, { fields: { name: message } });
	}
}

/** Stores enrolment counts of a school, with the sum of the grades that are known then. */
export async function writeCounts(
	trx: Kysely<Schema>,
	given: { siteId: string; schoolYear: string; counts: Count[] },
): Promise<void> {
	const { siteId, schoolYear } = given;
	const rows = given.counts.map(({ attribute, value, n }): [string, string, number] => [
		attribute,
		value,
		n,
	]);
	await writeEnrollment(trx, { siteId, schoolYear, counts: rows });
	const all = (await listSiteCounts(trx, { siteId, schoolYear }))
		.filter(({ attribute }) => attribute === 'grade')
		.reduce((sum, { n }) => sum + n, 0);
	await writeEnrollment(trx, { siteId, schoolYear, counts: [['all', 'all', all]] });
}

async function bringToDrafts(
	trx: Transaction<Schema>,
	random: Deps['random'],
	given: { siteId: string; schoolYear: string; counts: Count[] },
): Promise<void> {
	const { siteId } = given;
	const grades = given.counts.filter(({ attribute }) => attribute === 'grade');
	for (const window of await listDraftWindowsAt(trx, given)) {
		for (const { value: grade, n: eligible } of grades) {
			await putCohort(trx, { ...window, id: random.uuid7(), siteId, grade, eligible });
		}
	}
}

/** Those counts of a school that are not as they were; what was not counted was 0. Pure. */
export function changedCounts(before: readonly Count[], after: readonly Count[]): Count[] {
	const known = new Map(before.map(({ attribute, value, n }) => [`${attribute} ${value}`, n]));
	return after.filter(({ attribute, value, n }) => (known.get(`${attribute} ${value}`) ?? 0) !== n);
}

function gradesOf(counts: readonly Count[]): string[] {
	return counts.filter(({ attribute }) => attribute === 'grade').map(({ value }) => value);
}
