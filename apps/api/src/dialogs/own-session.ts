import {
	type DialogSession,
	findDialogSession,
	isOnDuty,
} from '@throughline/db/queries/dialog-session';
import type { Deps } from '../deps.ts';
import { notFound } from '../errors.ts';

/**
 * The dialog session, for someone who runs it. Any facilitator's role lets a person run sessions;
 * only a duty in this one lets them read what was said in it.
 * @throws AppError 404 when there is none, or it is somebody else's: outsiders see no difference.
 */
export async function ownSession(
	deps: Pick<Deps, 'db'>,
	key: { engagementId: string; sessionId: string; personId: string },
): Promise<DialogSession> {
	const session = await findDialogSession(deps.db, key);
	if (!session || !(await isOnDuty(deps.db, key))) {
		throw notFound();
	}
	return session;
}
