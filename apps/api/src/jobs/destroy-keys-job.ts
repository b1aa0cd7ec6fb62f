import { destroyEpochKeys } from '../actions/destroy-epoch-keys.ts';
import type { BackUp, Deps } from '../deps.ts';

/** A backup keeps everyone waiting for a second: one that fails is not tried every minute. */
const WAIT_MS = 60 * 60 * 1000;

/** Destroys the keys of opened windows as soon as a backup holds them; tries again after an hour. */
export function destroyKeysJob(
	deps: Pick<Deps, 'db' | 'keys' | 'clock'>,
	backUp: BackUp,
): () => Promise<void> {
	let notBefore = 0;
	return async () => {
		const now = deps.clock().getTime();
		if (now < notBefore) {
			return;
		}
		notBefore = now + WAIT_MS;
		await destroyEpochKeys(deps, { backUp });
		notBefore = 0;
	};
}
