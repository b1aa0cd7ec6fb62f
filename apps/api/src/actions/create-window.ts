import { writeAuditEntry } from '@throughline/db/queries/audit-entry';
import { createCohorts, deleteCohorts } from '@throughline/db/queries/cohort';
import { findEngagement } from '@throughline/db/queries/engagement';
import { listSites, type SiteWithGrades } from '@throughline/db/queries/site';
import { findSurveyVersion, listStartNotices } from '@throughline/db/queries/survey';
import {
	createWindow as insertWindow,
	instantOf,
	lockWindow,
	updateDraftWindow,
} from '@throughline/db/queries/survey-window';
import type { Transaction } from 'kysely';
import type { Schema } from '@throughline/db/schema';
import type { Deps } from '../deps.ts';
import { AppError, type FieldProblems, notFound } from '../errors.ts';
import type { WindowBody } from '../routes/windows/schema.ts';
import { windowFrozen } from './window-problems.ts';

const LINK_ALPHABET = 'abcdefghjkmnpqrstuvwxyz23456789';
const LINK_LENGTH = 6;

interface Checked {
	opensAt: Date;
	closesAt: Date;
	sites: SiteWithGrades[];
}

/**
 * Makes a window, as a draft, with one cohort per site and grade from the enrolment counts.
 * @throws AppError 422 naming what cannot be used: a survey that is not published, a school or
 * notice of elsewhere, a time that has passed.
 */
export async function createWindow(
	deps: Pick<Deps, 'db' | 'clock' | 'random'>,
	engagementId: string,
	{ body, personId }: { body: WindowBody; personId: string },
): Promise<{ id: string }> {
	const checked = await check(deps, engagementId, body);
	const id = deps.random.uuid7();
	await deps.db.transaction().execute(async (trx) => {
		await insertWindow(trx, {
			engagementId,
			id,
			...body,
			...checked,
			linkKey: makeLinkKey(deps.random),
		});
		await makeCohorts(trx, deps, { engagementId, windowId: id, sites: checked.sites });
		await writeAuditEntry(trx, {
			engagementId,
			id: deps.random.uuid7(),
			personId,
			action: 'window.created',
			target: id,
			detail: { label: body.label },
		});
	});
	return { id };
}

/**
 * Changes a draft. Its cohorts are made anew when the schools change, which needs that no codes
 * were made.
 * @throws AppError 409 `window_not_draft`, `codes_already_made`; 422 as createWindow.
 */
export async function editWindow(
	deps: Pick<Deps, 'db' | 'clock' | 'random'>,
	key: { engagementId: string; windowId: string },
	{ body, personId }: { body: WindowBody; personId: string },
): Promise<void> {
	const { engagementId, windowId } = key;
	const checked = await check(deps, engagementId, body);
	await deps.db.transaction().execute(async (trx) => {
		const window = await lockWindow(trx, { engagementId, id: windowId }, 'update');
		if (!window) {
			throw notFound();
		}
		if (window.status !== 'draft') {
			throw windowFrozen();
		}
		await updateDraftWindow(trx, { engagementId, id: windowId, ...body, ...checked });
		await remakeCohorts(trx, deps, { ...key, sites: checked.sites });
		await writeAuditEntry(trx, {
			engagementId,
			id: deps.random.uuid7(),
			personId,
			action: 'window.edited',
			target: windowId,
			detail: { label: body.label },
		});
	});
}

async function check(
	{ db, clock }: Pick<Deps, 'db' | 'clock'>,
	engagementId: string,
	body: WindowBody,
): Promise<Checked> {
	const engagement = await findEngagement(db, engagementId);
	if (!engagement) {
		throw notFound();
	}
	const version = await findSurveyVersion(db, { engagementId, id: body.surveyVersionId });
	const notices = await listStartNotices(db, engagementId);
	const all = await listSites(db, engagement);
	const sites = all.filter((site) => body.siteIds.includes(site.id));
	const opensAt = await instantOf(db, body.opensAt, engagement.timezone);
	const closesAt = await instantOf(db, body.closesAt, engagement.timezone);
	const fields: FieldProblems = {
		...(!version?.publishedAt && {
			surveyVersionId: 'Choose a published survey: students must not answer one that may change.',
		}),
		...(version &&
			version.audience !== 'students' && {
				surveyVersionId:
					'This survey is not for students. Codes are made for students alone; bring other answers in with `responses import`.',
			}),
		...(!notices.some(({ id }) => id === body.noticeVersionId) && {
			noticeVersionId: 'Choose one of the notices for students of this engagement.',
		}),
		...(sites.length !== body.siteIds.length && {
			siteIds: 'One of these schools is not in the district. Choose again.',
		}),
		...(closesAt <= clock() && { closesAt: 'This time has passed. Choose a later one.' }),
	};
	if (Object.keys(fields).length > 0) {
		throw new AppError('invalid_input', 422, 'The window cannot be made like this.', { fields });
	}
	return { opensAt, closesAt, sites };
}

async function remakeCohorts(
	trx: Transaction<Schema>,
	deps: Pick<Deps, 'random'>,
	change: { engagementId: string; windowId: string; sites: SiteWithGrades[] },
): Promise<void> {
	const cohorts = await trx
		.selectFrom('cohort')
		.select(['site_id', 'codes_made'])
		.where('engagement_id', '=', change.engagementId)
		.where('window_id', '=', change.windowId)
		.orderBy('id')
		.execute();
	const before = [...new Set(cohorts.map(({ site_id }) => site_id))].sort();
	const after = change.sites.map(({ id }) => id).sort();
	if (before.join() === after.join()) {
		return;
	}
	if (cohorts.some(({ codes_made }) => codes_made > 0)) {
		const message = 'Codes were made for these schools already. Make another window instead.';
		throw new AppError('codes_already_made', 409, message, { fields: { siteIds: message } });
	}
	await deleteCohorts(trx, change);
	await makeCohorts(trx, deps, change);
}

async function makeCohorts(
	trx: Transaction<Schema>,
	{ random }: Pick<Deps, 'random'>,
	window: { engagementId: string; windowId: string; sites: SiteWithGrades[] },
): Promise<void> {
	const cohorts = window.sites.flatMap((site) =>
		site.grades.map(({ grade, enrolled }) => ({
			id: random.uuid7(),
			siteId: site.id,
			grade,
			eligible: enrolled,
		})),
	);
	await createCohorts(trx, window, cohorts);
}

/** Six letters and digits that cannot be taken for each other: short enough to type. */
function makeLinkKey({ int }: Deps['random']): string {
	return Array.from({ length: LINK_LENGTH }, () =>
		LINK_ALPHABET.charAt(int(LINK_ALPHABET.length)),
	).join('');
}
