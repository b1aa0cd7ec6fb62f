import { findFrozenRelease, findFrozenReleaseKey } from '@throughline/db/queries/public-release';
import { listTakenBack, type TakenBack } from '@throughline/db/queries/taken-back';
import type { Schema } from '@throughline/db/schema';
import type { Kysely } from 'kysely';
import type { ReleaseBody } from './body.ts';
import { leaveOutTakenBack } from './taken-back.ts';

const MAX_REMEMBERED = 20;

type FrozenRelease = Omit<NonNullable<Awaited<ReturnType<typeof findFrozenRelease>>>, 'body'> & {
	body: ReleaseBody;
};

export interface FrozenReleases {
	/** The frozen release at a public address; undefined where there is none. */
	find(address: { engagement: string; release: string }): Promise<FrozenRelease | undefined>;
}

/**
 * Reads frozen releases and remembers the last few: what is frozen never changes. Whether the
 * address still names one, and what was taken back since, is asked each time. Another process
 * remembers for itself.
 */
export function frozenReleases(db: Kysely<Schema>): FrozenReleases {
	const remembered = new Map<string, FrozenRelease>();
	return {
		async find(address) {
			const key = await findFrozenReleaseKey(db, address);
			if (!key) {
				return undefined;
			}
			const takenBack = await listTakenBack(db, key.engagementId);
			const known = remembered.get(key.releaseId);
			if (known) {
				return readable(known, takenBack);
			}
			const found = await findFrozenRelease(db, key);
			if (!found) {
				return undefined;
			}
			const [oldest] = remembered.keys();
			if (oldest !== undefined && remembered.size >= MAX_REMEMBERED) {
				remembered.delete(oldest);
			}
			// Written by prepareRelease alone, and frozen since.
			const release = { ...found, body: found.body as ReleaseBody };
			remembered.set(key.releaseId, release);
			return readable(release, takenBack);
		},
	};
}

function readable(
	release: FrozenRelease,
	takenBack: ReadonlyMap<string, TakenBack>,
): FrozenRelease {
	return { ...release, body: leaveOutTakenBack(release.body, takenBack) };
}
