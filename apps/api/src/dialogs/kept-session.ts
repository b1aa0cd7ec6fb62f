import { type DialogSession, findDialogSession } from '@throughline/db/queries/dialog-session';
import type { Deps } from '../deps.ts';
import { notFound } from '../errors.ts';
import { type Principal, rolesIn } from '../policies/principal.ts';
import { ownSession } from './own-session.ts';

export interface KeptSession {
	session: DialogSession;
	/** Reads what was hidden as well: the redaction log is the data steward's. */
	isSteward: boolean;
}

/**
 * The dialog session, for someone who looks after its recordings: a data steward of the
 * engagement, or a facilitator on duty in it.
 * @throws AppError 404 when there is none, or it is another facilitator's.
 */
export async function keptSession(
	deps: Pick<Deps, 'db'>,
	principal: Extract<Principal, { type: 'staff' }>,
	key: { engagementId: string; sessionId: string },
): Promise<KeptSession> {
	if (!rolesIn(principal, key.engagementId).includes('data_steward')) {
		const session = await ownSession(deps, { ...key, personId: principal.personId });
		return { session, isSteward: false };
	}
	const session = await findDialogSession(deps.db, key);
	if (!session) {
		throw notFound();
	}
	return { session, isSteward: true };
}
