import { writeAuditEntry } from '@throughline/db/queries/audit-entry';
import {
	grantRole,
	listRolesOf,
	lockAdministrators,
	revokeRoles,
} from '@throughline/db/queries/engagement-role';
import type { StaffRole } from '@throughline/db/schema';
import type { Deps } from '../deps.ts';
import { AppError, notFound } from '../errors.ts';

interface Change {
	engagementId: string;
	personId: string;
	/** None: the person leaves the engagement. */
	roles: StaffRole[];
	endsOn: string | null;
}

/**
 * Gives a member exactly these roles.
 * @throws AppError 409 `last_administrator` when nobody would be left to manage the engagement.
 */
export async function changeRoles(
	deps: Pick<Deps, 'db' | 'random'>,
	change: Change,
	by: { personId: string },
): Promise<void> {
	const { engagementId, personId, roles, endsOn } = change;
	await deps.db.transaction().execute(async (trx) => {
		const administrators = await lockAdministrators(trx, engagementId);
		const held = await listRolesOf(trx, { engagementId, personId });
		if (held.length === 0) {
			throw notFound();
		}
		const staysAdministrator = roles.includes('administrator') && endsOn === null;
		if (administrators.length === 1 && administrators[0] === personId && !staysAdministrator) {
			throw new AppError(
				'last_administrator',
				409,
				'This is the only administrator without an end date. Make someone else administrator first.',
			);
		}
		const taken = held.filter((role) => !roles.includes(role));
		await revokeRoles(trx, { engagementId, personId, roles: taken });
		for (const role of roles) {
			await grantRole(trx, { engagementId, personId, role, endsOn });
		}
		await writeAuditEntry(trx, {
			engagementId,
			id: deps.random.uuid7(),
			personId: by.personId,
			action: roles.length === 0 ? 'person.removed' : 'person.roles_changed',
			target: personId,
			detail: { before: held, after: roles, endsOn },
		});
	});
}
