import { windowsWithoutKey } from '../ballot/epoch-keys.ts';
import type { Deps } from '../deps.ts';

/** Tries every key that is still needed, and says which windows take no answers for want of one. */
export async function reportLostKeys(
	deps: Pick<Deps, 'db' | 'keys' | 'random' | 'log'>,
): Promise<void> {
	for (const window of await windowsWithoutKey(deps)) {
		deps.log.error(
			{ window },
			'the key of a survey window is missing or wrong: it takes no answers, and those it has cannot be opened. Put the right file into DATA_DIR/keys and start again',
		);
	}
}
