import { listKeysToDestroy, markOpening } from '@throughline/db/queries/opening';
import type { BackUp, Deps } from '../deps.ts';

/** What has just been done when a process dies: for tests that let it die there. */
export type DestroyingStep = 'backed up' | 'key destroyed';

export interface DestroyingOptions {
	/** Makes a backup and loads it; see `BackUp`. */
	backUp: BackUp;
	/** Told after each step. */
	afterStep?(step: DestroyingStep): void;
}

/**
 * Destroys the keys of windows that were opened, once a backup that was made afterwards, and loaded
 * again, holds every response of them. From then on nobody can open an envelope, wherever a copy of
 * one may lie. Without such a backup the keys stay.
 *
 * Safe to repeat, and to interrupt anywhere.
 * @returns how many keys were destroyed.
 * @throws whatever `backUp` throws; no key is destroyed then.
 */
export async function destroyEpochKeys(
	deps: Pick<Deps, 'db' | 'keys' | 'clock'>,
	options: DestroyingOptions,
): Promise<number> {
	const windows = await listKeysToDestroy(deps.db);
	const day = () => deps.clock().toISOString().slice(0, 10);
	const waiting = windows.filter((window) => window.backedUpOn === null);
	if (waiting.length > 0) {
		await options.backUp(
			waiting.map(({ engagementId, windowId, responses }) => ({
				engagementId,
				windowId,
				responses: responses ?? 0,
			})),
		);
		options.afterStep?.('backed up');
		for (const window of waiting) {
			await markOpening(deps.db, window, { step: 'backed_up_on', day: day() });
		}
	}
	for (const window of windows) {
		await deps.keys.destroyEpochKey(window.windowId, window.epoch);
		options.afterStep?.('key destroyed');
		await markOpening(deps.db, window, { step: 'key_destroyed_on', day: day() });
	}
	return windows.length;
}
