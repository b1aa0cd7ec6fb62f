import { deleteWindowCodes } from '@throughline/db/queries/access-code';
import { writeAuditEntry } from '@throughline/db/queries/audit-entry';
import {
	deleteDraftWindow,
	findWindow,
	lockWindow,
	moveWindow,
} from '@throughline/db/queries/survey-window';
import type { Deps } from '../deps.ts';
import { AppError, notFound } from '../errors.ts';
import { mayOpenWindows } from './embedded-surveys.ts';
import { windowFrozen } from './window-problems.ts';

interface Move {
	engagementId: string;
	windowId: string;
	/** Null when its time had come. */
	personId: string | null;
}

/**
 * Opens a draft now, whatever its time.
 * @throws AppError 409 `window_not_draft`; `window_time_passed` when it would close at once;
 * `embedded_database` when real students would answer into it without the operator's word.
 */
export async function openWindow(
	deps: Pick<Deps, 'db' | 'clock' | 'random' | 'config'>,
	move: Move,
): Promise<void> {
	const { engagementId, windowId } = move;
	const now = deps.clock();
	await deps.db.transaction().execute(async (trx) => {
		const window = await findWindow(trx, { engagementId, id: windowId });
		if (!window) {
			throw notFound();
		}
		if (window.closesAt <= now) {
			throw new AppError(
				'window_time_passed',
				409,
				'The closing time of this window has passed. Change it first.',
			);
		}
		if (!(await mayOpenWindows(trx, deps.config, engagementId))) {
			throw new AppError(
				'embedded_database',
				409,
				'This server keeps its data in the embedded database, where student surveys may not open. Whoever runs it can connect a PostgreSQL server (DATABASE_URL) or set ALLOW_EMBEDDED_STUDENT_SURVEYS=1.',
			);
		}
		const opensAt = window.opensAt < now ? window.opensAt : now;
		const key = { engagementId, id: windowId };
		if (!(await moveWindow(trx, { ...key, from: 'draft', to: 'open', opensAt }))) {
			throw windowFrozen();
		}
		await record(trx, deps, { ...move, action: 'window.opened' });
	});
}

/**
 * Closes an open window now. Answers under way can no longer be sent.
 * @throws AppError 409 `window_not_open`.
 */
export async function closeWindow(
	deps: Pick<Deps, 'db' | 'clock' | 'random'>,
	move: Move,
): Promise<void> {
	const { engagementId, windowId } = move;
	const now = deps.clock();
	await deps.db.transaction().execute(async (trx) => {
		const window = await findWindow(trx, { engagementId, id: windowId });
		if (!window) {
			throw notFound();
		}
		// A window closes after it opened, even when both are asked for in the same millisecond.
		const closesAt = new Date(Math.max(now.getTime(), window.opensAt.getTime() + 1));
		const key = { engagementId, id: windowId };
		if (!(await moveWindow(trx, { ...key, from: 'open', to: 'closed', closesAt }))) {
			throw new AppError('window_not_open', 409, 'This window is not open.');
		}
		await record(trx, deps, { ...move, action: 'window.closed' });
	});
}

/**
 * Deletes a draft with its cohorts and codes. Slips printed for it are worth nothing then.
 * @throws AppError 409 `window_not_draft`.
 */
export async function deleteWindow(deps: Pick<Deps, 'db' | 'random'>, move: Move): Promise<void> {
	const { engagementId, windowId } = move;
	await deps.db.transaction().execute(async (trx) => {
		const window = await lockWindow(trx, { engagementId, id: windowId }, 'update');
		if (!window) {
			throw notFound();
		}
		if (window.status !== 'draft') {
			throw windowFrozen();
		}
		await deleteWindowCodes(trx, { engagementId, windowId });
		await deleteDraftWindow(trx, { engagementId, id: windowId });
		await record(trx, deps, { ...move, action: 'window.deleted' });
	});
}

async function record(
	trx: Parameters<typeof writeAuditEntry>[0],
	{ random }: Pick<Deps, 'random'>,
	{ engagementId, windowId, personId, action }: Move & { action: string },
): Promise<void> {
	await writeAuditEntry(trx, {
		engagementId,
		id: random.uuid7(),
		personId,
		action,
		target: windowId,
	});
}
