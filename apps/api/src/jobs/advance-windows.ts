import { writeAuditEntry } from '@throughline/db/queries/audit-entry';
import { listDueWindows, moveWindow } from '@throughline/db/queries/survey-window';
import { mayOpenWindows } from '../actions/embedded-surveys.ts';
import type { Deps } from '../deps.ts';

/**
 * Opens and closes windows whose time has come. A draft whose closing time has passed too is
 * opened and closed in two runs. Drafts stay drafts where student surveys may not open. Safe to run at any time, by any number of processes.
 */
export async function advanceWindows(
	deps: Pick<Deps, 'db' | 'clock' | 'random' | 'config'>,
): Promise<void> {
	for (const { engagementId, id, status } of await listDueWindows(deps.db, deps.clock())) {
		const isOpening = status === 'draft';
		if (isOpening && !(await mayOpenWindows(deps.db, deps.config, engagementId))) {
			continue;
		}
		await deps.db.transaction().execute(async (trx) => {
			const to = isOpening ? 'open' : 'closed';
			if (await moveWindow(trx, { engagementId, id, from: status, to })) {
				await writeAuditEntry(trx, {
					engagementId,
					id: deps.random.uuid7(),
					personId: null,
					action: isOpening ? 'window.opened' : 'window.closed',
					target: id,
				});
			}
		});
	}
}
