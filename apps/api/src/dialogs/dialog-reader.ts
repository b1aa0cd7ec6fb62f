import { findPlannedDialog } from '@throughline/db/queries/dialog-plan';
import { findEngagement } from '@throughline/db/queries/engagement';
import type { Deps } from '../deps.ts';
import { notFound } from '../errors.ts';
import { prepareDialogs } from './read-dialogs.ts';

/** Reads engagements and their sessions; each throws 404 where there is none. */
export function dialogReader({ db }: Pick<Deps, 'db'>) {
	const engagementOf = async (id: string) => {
		const engagement = await findEngagement(db, id);
		if (!engagement) {
			throw notFound();
		}
		return engagement;
	};
	const dialogOf = async (key: { engagementId: string; sessionId: string }) => {
		const engagement = await engagementOf(key.engagementId);
		const dialog = await findPlannedDialog(db, key);
		const [prepared] = dialog ? await prepareDialogs({ db }, key.engagementId, [dialog]) : [];
		if (!prepared) {
			throw notFound();
		}
		return { engagement, prepared };
	};
	return { engagementOf, dialogOf };
}
