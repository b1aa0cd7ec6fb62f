import { findPlannedDialog } from '@throughline/db/queries/dialog-plan';
import type { Deps } from '../deps.ts';
import { notFound } from '../errors.ts';
import { engagementOf } from '../http/engagement-of.ts';
import { prepareDialogs } from './read-dialogs.ts';

/** Reads engagements and their sessions; each throws 404 where there is none. */
export function dialogReader({ db }: Pick<Deps, 'db'>) {
	const dialogOf = async (key: { engagementId: string; sessionId: string }) => {
		const engagement = await engagementOf(db, key.engagementId);
		const dialog = await findPlannedDialog(db, key);
		const [prepared] = dialog ? await prepareDialogs({ db }, key.engagementId, [dialog]) : [];
		if (!prepared) {
			throw notFound();
		}
		return { engagement, prepared };
	};
	return { engagementOf: (id: string) => engagementOf(db, id), dialogOf };
}
