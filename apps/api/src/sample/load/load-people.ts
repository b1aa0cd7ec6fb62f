import { grantRole } from '@throughline/db/queries/engagement-role';
import { ensurePerson } from '@throughline/db/queries/person';
import type { Schema } from '@throughline/db/schema';
import type { Kysely } from 'kysely';
import type { Random } from '../../deps.ts';
import type { SampleEngagement } from '../read-sample.ts';
import type { Places } from '../../actions/import-engagement.ts';

/** Writes the sample's staff and volunteers with their roles. @returns their ids by key. */
export async function loadPeople(
	db: Kysely<Schema>,
	{ random, sample, places }: { random: Random; sample: SampleEngagement; places: Places },
): Promise<Map<string, string>> {
	const ids = new Map<string, string>();
	for (const person of sample.people) {
		const stored = await ensurePerson(db, {
			id: random.uuid7(),
			email: person.email,
			name: person.name,
		});
		ids.set(person.key, stored.id);
		await grantRole(db, {
			engagementId: places.engagementId,
			personId: stored.id,
			role: person.role,
			siteId: person.site === null ? null : (places.siteIds.get(person.site) ?? null),
			endsOn: null,
		});
	}
	return ids;
}
