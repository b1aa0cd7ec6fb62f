import { writeAuditEntry } from '@throughline/db/queries/audit-entry';
import { grantRole, listCurrentGrants } from '@throughline/db/queries/engagement-role';
import { acceptInvitation, listOpenInvitationsTo } from '@throughline/db/queries/invitation';
import type { Deps } from '../deps.ts';

/**
 * May this person have a session? Signing in proves the mailbox is theirs, so it accepts the
 * invitations that wait for them. Someone without any role then is turned away.
 */
export async function admit(
	deps: Pick<Deps, 'db' | 'clock' | 'random'>,
	personId: string,
): Promise<boolean> {
	const now = deps.clock();
	const person = await deps.db
		.selectFrom('person')
		.select('email')
		.where('id', '=', personId)
		.executeTakeFirst();
	if (!person) {
		return false;
	}
	for (const invitation of await listOpenInvitationsTo(deps.db, person.email, now)) {
		const { engagementId, id, role } = invitation;
		await deps.db.transaction().execute(async (trx) => {
			if (await acceptInvitation(trx, { engagementId, id, acceptedAt: now })) {
				await grantRole(trx, { engagementId, personId, role });
				await writeAuditEntry(trx, {
					engagementId,
					id: deps.random.uuid7(),
					personId,
					action: 'invitation.accepted',
					target: personId,
					detail: { role },
				});
			}
		});
	}
	return (await listCurrentGrants(deps.db, personId, now)).length > 0;
}

/** Would `admit` let the person with this address in? Changes nothing. */
export async function isExpected(
	deps: Pick<Deps, 'db' | 'clock'>,
	person: { id: string; email: string },
): Promise<boolean> {
	const now = deps.clock();
	const grants = await listCurrentGrants(deps.db, person.id, now);
	return grants.length > 0 || (await listOpenInvitationsTo(deps.db, person.email, now)).length > 0;
}
