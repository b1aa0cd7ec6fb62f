import { join } from 'node:path';
import type { Keys } from '../deps.ts';
import { keyInTwoPlaces } from './key-file.ts';

/** A key is read again after this long: nothing that was destroyed is remembered for ever. */
const REMEMBERED_FOR = 60_000;

/**
 * Keys as files of mode 0600, outside the database and its backups, each in two places: a damaged or
 * missing copy is made anew from the other. Each is made once, and synced to disk before it is used.
 * @param folder they lie in `<folder>/keys`.
 * @param copies where the second copy of each lies; another disk, if there is one.
 * @throws Error when both copies of a key are damaged, or differ: losing a key means losing what it
 * sealed.
 */
export async function fileKeys(folder: string, copies?: string): Promise<Keys> {
	const places = [join(folder, 'keys'), copies ?? join(folder, 'keys-copy')] as const;
	const remembered = new Map<string, { key: Buffer; until: number }>();
	const always = (name: string) => keyInTwoPlaces(places, name).readOrMake();

	return {
		pepper: await always('pepper'),
		safety: await always('safety'),
		sessionSecret: await always('session'),
		async epochKey(windowId, epoch, isRight) {
			const name = epochName(windowId, epoch);
			const known = remembered.get(name);
			if (known && known.until > performance.now() && isRight(known.key)) {
				return known.key;
			}
			const key = await keyInTwoPlaces(places, name).read(isRight);
			if (key) {
				remembered.set(name, { key, until: performance.now() + REMEMBERED_FOR });
			}
			return key;
		},
		makeEpochKey: (windowId, epoch) =>
			keyInTwoPlaces(places, epochName(windowId, epoch)).readOrMake(),
		async destroyEpochKey(windowId, epoch) {
			const name = epochName(windowId, epoch);
			remembered.delete(name);
			await keyInTwoPlaces(places, name).destroy();
		},
	};
}

function epochName(windowId: string, epoch: number): string {
	return `epoch-${windowId}-${epoch}`;
}
