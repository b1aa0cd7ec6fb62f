import { type Duty, listDuties } from '@throughline/db/queries/dialog-duty';
import { type DoneGate, listDoneGates } from '@throughline/db/queries/dialog-gate';
import { findGuideVersions } from '@throughline/db/queries/dialog-guide';
import type { PlannedDialog } from '@throughline/db/queries/dialog-plan';
import { countSlips } from '@throughline/db/queries/dialog-slip';
import type { Deps } from '../deps.ts';
import { readGuide, type ReadGuide } from './guide.ts';

/** A session with what its preparation rests on. */
export interface PreparedDialog {
	dialog: PlannedDialog;
	guide: ReadGuide;
	duties: Duty[];
	done: DoneGate[];
	seats: number;
	slips: number;
}

/** Reads what the preparation of these sessions rests on, all at once. */
export async function prepareDialogs(
	{ db }: Pick<Deps, 'db'>,
	engagementId: string,
	dialogs: readonly PlannedDialog[],
): Promise<PreparedDialog[]> {
	const ids = dialogs.map(({ id }) => id);
	const versionIds = dialogs.map(({ guideVersionId }) => guideVersionId);
	const versions = await findGuideVersions(db, engagementId, versionIds);
	const guides = new Map(versions.map((version) => [version.id, readGuide(version)]));
	const duties = await listDuties(db, engagementId, ids);
	const done = await listDoneGates(db, engagementId, ids);
	const counts = await countSlips(db, engagementId, ids);
	return dialogs.map((dialog) => {
		const guide = guides.get(dialog.guideVersionId);
		if (!guide) {
			throw new Error(`The session ${dialog.key} has no guide.`);
		}
		const count = counts.find(({ sessionId }) => sessionId === dialog.id);
		return {
			dialog,
			guide,
			duties: duties.filter(({ sessionId }) => sessionId === dialog.id),
			done: done.filter(({ sessionId }) => sessionId === dialog.id),
			seats: count?.seats ?? 0,
			slips: count?.slips ?? 0,
		};
	});
}
