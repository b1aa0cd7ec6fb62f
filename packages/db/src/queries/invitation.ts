import type { StaffRole } from '../schema.ts';
import type { Database } from '../types.ts';

export interface Invitation {
	engagementId: string;
	id: string;
	email: string;
	name: string;
	role: StaffRole;
	expiresAt: Date;
}

/** Stores an invitation. */
export async function createInvitation(
	db: Database,
	invitation: Invitation & { invitedBy: string | null },
): Promise<void> {
	await db
		.insertInto('invitation')
		.values({
			engagement_id: invitation.engagementId,
			id: invitation.id,
			email: invitation.email.toLowerCase(),
			name: invitation.name,
			role: invitation.role,
			invited_by: invitation.invitedBy,
			accepted_at: null,
			expires_at: invitation.expiresAt,
		})
		.execute();
}

/** Invitations to an address that nobody has accepted and that have not run out. */
export async function listOpenInvitationsTo(
	db: Database,
	email: string,
	now: Date,
): Promise<Invitation[]> {
	return await open(db)
		.where('email', '=', email.toLowerCase())
		.where('expires_at', '>', now)
		.orderBy('id')
		.execute();
}

/** Invitations of an engagement that nobody has accepted, those that ran out included. */
export async function listUnacceptedInvitations(
	db: Database,
	engagementId: string,
	limit: number,
): Promise<Invitation[]> {
	return await open(db)
		.where('engagement_id', '=', engagementId)
		.orderBy('email')
		.orderBy('id')
		.limit(limit)
		.execute();
}

/** Notes when an invitation was accepted. Returns false when it no longer was open. */
export async function acceptInvitation(
	db: Database,
	invitation: { engagementId: string; id: string; acceptedAt: Date },
): Promise<boolean> {
	const result = await db
		.updateTable('invitation')
		.set({ accepted_at: invitation.acceptedAt })
		.where('engagement_id', '=', invitation.engagementId)
		.where('id', '=', invitation.id)
		.where('accepted_at', 'is', null)
		.executeTakeFirst();
	return result.numUpdatedRows === 1n;
}

/** Takes back an invitation nobody has accepted. Returns its address, or undefined. */
export async function deleteInvitation(
	db: Database,
	invitation: { engagementId: string; id: string },
): Promise<string | undefined> {
	const row = await db
		.deleteFrom('invitation')
		.where('engagement_id', '=', invitation.engagementId)
		.where('id', '=', invitation.id)
		.where('accepted_at', 'is', null)
		.returning('email')
		.executeTakeFirst();
	return row?.email;
}

/** Takes back the unaccepted invitations of an address to an engagement, for these roles. */
export async function replaceInvitations(
	db: Database,
	invitations: { engagementId: string; email: string; roles: StaffRole[] },
): Promise<void> {
	await db
		.deleteFrom('invitation')
		.where('engagement_id', '=', invitations.engagementId)
		.where('email', '=', invitations.email.toLowerCase())
		.where('role', 'in', invitations.roles)
		.where('accepted_at', 'is', null)
		.execute();
}

function open(db: Database) {
	return (
		db
			.selectFrom('invitation')
			.select(['engagement_id as engagementId', 'id', 'email', 'name', 'expires_at as expiresAt'])
			// The column takes what the route let through: one of the staff roles.
			.select((expression) => expression.ref('role').$castTo<StaffRole>().as('role'))
			.where('accepted_at', 'is', null)
	);
}
