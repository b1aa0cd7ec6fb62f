import { writeAuditEntry } from '@throughline/db/queries/audit-entry';
import { listRolesOf } from '@throughline/db/queries/engagement-role';
import { removeSecondFactor } from '@throughline/db/queries/second-factor';
import { endSessionsOf } from '@throughline/db/queries/staff-session';
import type { Deps } from '../deps.ts';
import { AppError, notFound } from '../errors.ts';
import type { Principal } from '../policies/principal.ts';
import { rolesIn } from '../policies/principal.ts';

type Staff = Extract<Principal, { type: 'staff' }>;

interface Member {
	engagementId: string;
	personId: string;
}

/** Ends every session a member has, everywhere; they can sign in again. */
export async function endSessionsOfMember(
	deps: Pick<Deps, 'db' | 'random'>,
	member: Member,
	by: Staff,
): Promise<number> {
	return await deps.db.transaction().execute(async (trx) => {
		if ((await listRolesOf(trx, member)).length === 0) {
			throw notFound();
		}
		const ended = await endSessionsOf(trx, member.personId);
		await writeAuditEntry(trx, {
			engagementId: member.engagementId,
			id: deps.random.uuid7(),
			personId: by.personId,
			action: 'person.signed_out',
			target: member.personId,
			detail: { sessions: ended },
		});
		return ended;
	});
}

/**
 * Takes a member's second factor away, for one who lost phone and recovery codes, and ends their
 * sessions: with the next sign-in they set up a new one.
 * @throws AppError 409 `not_set_up`; 409 `works_elsewhere` when they work in an engagement the
 * administrator does not manage: what guards that one is not theirs to take away.
 */
export async function resetSecondFactor(
	deps: Pick<Deps, 'db' | 'random'>,
	member: Member,
	by: Staff,
): Promise<void> {
	await deps.db.transaction().execute(async (trx) => {
		if ((await listRolesOf(trx, member)).length === 0) {
			throw notFound();
		}
		const elsewhere = await trx
			.selectFrom('engagement_role')
			.select('engagement_id as id')
			.distinct()
			.where('person_id', '=', member.personId)
			.orderBy('engagement_id')
			.execute();
		if (elsewhere.some(({ id }) => !rolesIn(by, id).includes('administrator'))) {
			throw new AppError(
				'works_elsewhere',
				409,
				'This person works in another engagement too. Ask whoever runs the server to reset it.',
			);
		}
		if (!(await removeSecondFactor(trx, member.personId))) {
			throw new AppError('not_set_up', 409, 'No second step is set up for this account.');
		}
		await endSessionsOf(trx, member.personId);
		await writeAuditEntry(trx, {
			engagementId: member.engagementId,
			id: deps.random.uuid7(),
			personId: by.personId,
			action: 'second_factor.removed',
			target: member.personId,
		});
	});
}
