import { writeAuditEntry } from '@throughline/db/queries/audit-entry';
import { findEngagement } from '@throughline/db/queries/engagement';
import { insertStudentGroups } from '@throughline/db/queries/new-engagement';
import {
	deleteMilestone,
	findSite,
	insertMilestone,
	listGroups,
	listMilestonesById,
	lockDistrict,
	updateGroup,
	updateMilestone,
} from '@throughline/db/queries/places';
import type { Schema } from '@throughline/db/schema';
import type { Transaction } from 'kysely';
import type { Deps } from '../deps.ts';
import { AppError, notFound } from '../errors.ts';
import type { GroupBody, MilestoneBody, NewGroupBody } from '../routes/places/schema.ts';
import { keyOf } from './key-of.ts';

/** As many as `engagement import` takes. */
const MOST_GROUPS = 500;
const MOST_MILESTONES = 200;

type Parts = Pick<Deps, 'db' | 'random'>;

/**
 * Adds a student group to an engagement.
 * @throws AppError 422 for a school of elsewhere; 409 `too_many_entries`.
 */
export async function addGroup(
	{ db, random }: Parts,
	engagementId: string,
	{ body, personId }: { body: NewGroupBody; personId: string },
): Promise<{ id: string }> {
	const id = random.uuid7();
	await db.transaction().execute(async (trx) => {
		const { districtId } = await openEngagement(trx, engagementId);
		if (!(await findSite(trx, { districtId, siteId: body.siteId }))) {
			const fields = { siteId: 'This school is not in the district. Choose again.' };
			throw new AppError('invalid_input', 422, 'The group cannot be added like this.', { fields });
		}
		const taken = await listGroups(trx, engagementId, { limit: MOST_GROUPS });
		refuseFull(taken.length, MOST_GROUPS);
		const keys = taken.map(({ key }) => key);
		await insertStudentGroups(trx, engagementId, [{ id, key: keyOf(body.name, keys), ...body }]);
		await writeAuditEntry(trx, {
			engagementId,
			id: random.uuid7(),
			personId,
			action: 'group.added',
			target: id,
			detail: { name: body.name },
		});
	});
	return { id };
}

/**
 * Renames a student group, or says of what kind it is.
 * @throws AppError `not_found`.
 */
export async function changeGroup(
	{ db, random }: Parts,
	key: { engagementId: string; groupId: string },
	{ body, personId }: { body: GroupBody; personId: string },
): Promise<void> {
	const { engagementId, groupId } = key;
	await db.transaction().execute(async (trx) => {
		const known = await listGroups(trx, engagementId, { limit: MOST_GROUPS });
		const before = known.find(({ id }) => id === groupId);
		if (!before || !(await updateGroup(trx, { engagementId, id: groupId, ...body }))) {
			throw notFound();
		}
		await writeAuditEntry(trx, {
			engagementId,
			id: random.uuid7(),
			personId,
			action: 'group.changed',
			target: groupId,
			detail: { ...body, before: { name: before.name, kind: before.kind } },
		});
	});
}

/**
 * Adds a step to the plan of an engagement.
 * @throws AppError `not_found`, 409 `too_many_entries`.
 */
export async function addMilestone(
	{ db, random }: Parts,
	engagementId: string,
	{ body, personId }: { body: MilestoneBody; personId: string },
): Promise<{ id: string }> {
	const id = random.uuid7();
	await db.transaction().execute(async (trx) => {
		await openEngagement(trx, engagementId);
		const known = await listMilestonesById(trx, engagementId, { limit: MOST_MILESTONES });
		refuseFull(known.length, MOST_MILESTONES);
		const keys = known.map(({ key }) => key);
		const position = Math.max(-1, ...known.map((each) => each.position)) + 1;
		await insertMilestone(trx, {
			engagementId,
			id,
			key: keyOf(body.label, keys),
			position,
			...body,
		});
		await writeAuditEntry(trx, {
			engagementId,
			id: random.uuid7(),
			personId,
			action: 'milestone.added',
			target: id,
			detail: { label: body.label },
		});
	});
	return { id };
}

/**
 * Changes a step of the plan, or takes it away when no body is given.
 * @throws AppError `not_found`.
 */
export async function changeMilestone(
	{ db, random }: Parts,
	key: { engagementId: string; milestoneId: string },
	{ body, personId }: { body: MilestoneBody | null; personId: string },
): Promise<void> {
	const own = { engagementId: key.engagementId, id: key.milestoneId };
	await db.transaction().execute(async (trx) => {
		const known = await listMilestonesById(trx, key.engagementId, { limit: MOST_MILESTONES });
		const before = known.find(({ id }) => id === key.milestoneId);
		const isDone =
			body === null
				? await deleteMilestone(trx, own)
				: await updateMilestone(trx, { ...own, ...body });
		// Somebody else may have taken it away in between.
		if (!before || !isDone) {
			throw notFound();
		}
		const { label, startsOn, endsOn } = before;
		await writeAuditEntry(trx, {
			engagementId: key.engagementId,
			id: random.uuid7(),
			personId,
			action: body === null ? 'milestone.removed' : 'milestone.changed',
			target: key.milestoneId,
			detail: { ...body, before: { label, startsOn, endsOn } },
		});
	});
}

/** The engagement; nobody else adds something to it meanwhile, so that keys stay different. */
async function openEngagement(trx: Transaction<Schema>, engagementId: string) {
	const engagement = await findEngagement(trx, engagementId);
	if (!engagement) {
		throw notFound();
	}
	await lockDistrict(trx, engagement.districtId);
	return engagement;
}

function refuseFull(length: number, most: number): void {
	if (length >= most) {
		throw new AppError(
			'too_many_entries',
			409,
			`There are ${most} of these already, which is the limit. Change one of them instead.`,
		);
	}
}
