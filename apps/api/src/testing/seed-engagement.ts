import { ensurePerson } from '@throughline/db/queries/person';
import { grantRole } from '@throughline/db/queries/engagement-role';
import type { Schema, SiteLevel, StaffRole } from '@throughline/db/schema';
import type { Kysely } from 'kysely';
import { systemRandom } from '../system/random.ts';

export interface SeededSite {
	id: string;
	key: string;
}

/**
 * A district in Chicago's time zone with an engagement and two schools: 'north' with grades 9 and
 * 10 of 40 students each, 'south' with grade 6 of 30.
 */
export async function seedEngagement(db: Kysely<Schema>, options: { isSynthetic?: boolean } = {}) {
	const districtId = systemRandom.uuid7();
	const engagementId = systemRandom.uuid7();
	await db
		.insertInto('district')
		.values({
			id: districtId,
			key: districtId,
			name: 'Test Public Schools',
			short_name: 'TPS',
			state: 'MN',
			timezone: 'America/Chicago',
			default_language: 'en',
			languages: ['en', 'es', 'ar'],
			details: '{}',
		})
		.execute();
	await db
		.insertInto('engagement')
		.values({
			id: engagementId,
			district_id: districtId,
			slug: engagementId,
			title: 'Listening Year',
			purpose: 'To hear from students.',
			status: 'active',
			is_synthetic: options.isSynthetic ?? false,
			school_year: '2025-26',
			decision: '{"question":"What should change?"}',
			details: '{}',
		})
		.execute();
	const north = await seedSite(db, districtId, {
		key: 'north',
		level: 'high',
		enrollment: { '9': 40, '10': 40 },
	});
	const south = await seedSite(db, districtId, {
		key: 'south',
		level: 'middle',
		enrollment: { '6': 30 },
	});
	return { districtId, engagementId, north, south };
}

export async function seedSite(
	db: Kysely<Schema>,
	districtId: string,
	site: { key: string; level: SiteLevel; enrollment: Record<string, number> },
): Promise<SeededSite> {
	const id = systemRandom.uuid7();
	const grades = Object.keys(site.enrollment).sort((a, b) => Number(a) - Number(b));
	await db
		.insertInto('site')
		.values({
			id,
			district_id: districtId,
			key: site.key,
			name: `${site.key} school`,
			level: site.level,
			grades,
			has_sro: true,
			position: site.key === 'north' ? 1 : 2,
		})
		.execute();
	await db
		.insertInto('site_enrollment')
		.values(
			Object.entries(site.enrollment).map(([value, n]) => ({
				site_id: id,
				school_year: '2025-26',
				attribute: 'grade',
				value,
				n,
			})),
		)
		.execute();
	return { id, key: site.key };
}

/** A person with roles in an engagement. Gives their id. */
export async function seedPerson(
	db: Kysely<Schema>,
	person: { engagementId: string; email: string; roles: StaffRole[]; endsOn?: string },
): Promise<string> {
	const { engagementId, email } = person;
	const { id } = await ensurePerson(db, { id: systemRandom.uuid7(), email, name: 'Test Person' });
	for (const role of person.roles) {
		await grantRole(db, { engagementId, personId: id, role, endsOn: person.endsOn ?? null });
	}
	return id;
}
