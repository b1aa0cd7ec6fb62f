import { writeAuditEntry } from '@throughline/db/queries/audit-entry';
import { listRolesOf } from '@throughline/db/queries/engagement-role';
import { createInvitation, replaceInvitations } from '@throughline/db/queries/invitation';
import { ensurePerson } from '@throughline/db/queries/person';
import type { StaffRole } from '@throughline/db/schema';
import type { Deps } from '../deps.ts';
import { AppError } from '../errors.ts';
import { invitationMail } from '../sign-in/sign-in-mail.ts';

const INVITATION_DAYS = 14;
const DAY_MS = 24 * 60 * 60 * 1000;

export interface Invitee {
	engagementId: string;
	email: string;
	name: string;
	roles: StaffRole[];
}

/**
 * Invites a person: they get a mail, and the roles with their first sign-in within 14 days.
 * Inviting again replaces what was not accepted yet.
 * @throws AppError 409 `already_member` when they hold all of the roles, 422 `invalid_input` when
 * they would be with the police and hold another role.
 */
export async function invitePerson(
	deps: Pick<Deps, 'db' | 'clock' | 'random' | 'mailer' | 'log'>,
	invitee: Invitee,
	by: { personId: string | null; name: string; engagement: string; address: string },
): Promise<{ email: string }> {
	const email = invitee.email.toLowerCase();
	const { engagementId } = invitee;
	await deps.db.transaction().execute(async (trx) => {
		const id = deps.random.uuid7();
		const person = await ensurePerson(trx, { id, email, name: invitee.name });
		const held = await listRolesOf(trx, { engagementId, personId: person.id });
		const roles = invitee.roles.filter((role) => !held.includes(role));
		checkRoles(held, roles);
		await replaceInvitations(trx, { engagementId, email, roles });
		for (const role of roles) {
			await createInvitation(trx, {
				engagementId,
				id: deps.random.uuid7(),
				email,
				name: invitee.name,
				role,
				invitedBy: by.personId,
				expiresAt: new Date(deps.clock().getTime() + INVITATION_DAYS * DAY_MS),
			});
		}
		await writeAuditEntry(trx, {
			engagementId,
			id: deps.random.uuid7(),
			personId: by.personId,
			action: 'person.invited',
			target: person.id,
			detail: { roles },
		});
	});
	await tell(deps, invitee, by);
	return { email };
}

function checkRoles(held: StaffRole[], roles: StaffRole[]): void {
	if (roles.length === 0) {
		throw new AppError('already_member', 409, 'This person holds these roles already.', {
			fields: { email: 'This person holds these roles already.' },
		});
	}
	const all = [...held, ...roles];
	if (all.includes('police_partner') && all.length > 1) {
		const message =
			'Whoever works for the police has no other role here. Take the other roles away first.';
		throw new AppError('invalid_input', 422, message, { fields: { roles: message } });
	}
}

/** The invitation stands even when mail fails: the person can be told the address otherwise. */
async function tell(
	deps: Pick<Deps, 'mailer' | 'log'>,
	invitee: Invitee,
	by: { name: string; engagement: string; address: string },
): Promise<void> {
	try {
		await deps.mailer.send(
			invitationMail({
				to: invitee.email,
				name: invitee.name,
				invitedBy: by.name,
				engagement: by.engagement,
				roles: invitee.roles.map((role) => role.replaceAll('_', ' ')),
				address: `${by.address}/sign-in`,
				days: INVITATION_DAYS,
			}),
		);
	} catch (error) {
		deps.log.error({ err: error }, 'an invitation could not be mailed');
	}
}
