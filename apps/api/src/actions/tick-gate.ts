import { tickGate, untickGate } from '@throughline/db/queries/dialog-gate';
import { findGuideVersions } from '@throughline/db/queries/dialog-guide';
import type { Deps } from '../deps.ts';
import { readGuide } from '../dialogs/guide.ts';
import { notFound } from '../errors.ts';
import { auditDialog, type DialogKey, plannedDialog } from './plan-dialog.ts';

/**
 * Marks a step of the guide's before-list as done, or as not done after all. Doing so twice
 * changes nothing the second time.
 * @throws AppError 404 for a step the guide does not have; 409 `dialog_begun`.
 */
export async function setGate(
	deps: Pick<Deps, 'db' | 'clock' | 'random'>,
	key: DialogKey & { step: string },
	{ isDone, personId }: { isDone: boolean; personId: string },
): Promise<void> {
	await deps.db.transaction().execute(async (trx) => {
		const dialog = await plannedDialog(trx, key);
		const [version] = await findGuideVersions(trx, key.engagementId, [dialog.guideVersionId]);
		if (!version || !readGuide(version).before.some((step) => step.key === key.step)) {
			throw notFound();
		}
		const isChanged = isDone
			? await tickGate(trx, key, { personId, now: deps.clock() })
			: await untickGate(trx, key);
		if (isChanged) {
			const action = isDone ? 'dialog.gate_ticked' : 'dialog.gate_unticked';
			await auditDialog(trx, deps, { key, personId, action, detail: { step: key.step } });
		}
	});
}
