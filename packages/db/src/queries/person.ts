import { sql } from 'kysely';
import type { StaffRole } from '../schema.ts';
import type { Database } from '../types.ts';

export interface Person {
	id: string;
	email: string;
	name: string;
}

/** The person with this e-mail address (any case), or undefined. */
export async function findPersonByEmail(db: Database, email: string): Promise<Person | undefined> {
	return await db
		.selectFrom('person')
		.select(['id', 'email', 'name'])
		.where('email', '=', email.toLowerCase())
		.executeTakeFirst();
}

/** The person with this id, or undefined. */
export async function findPersonById(db: Database, id: string): Promise<Person | undefined> {
	return await db
		.selectFrom('person')
		.select(['id', 'email', 'name'])
		.where('id', '=', id)
		.executeTakeFirst();
}

/**
 * The person with this address, made when there is none. The address counts as verified: there is
 * no sign-up and no password, so nobody but who reads its mail can have used it before.
 */
export async function ensurePerson(db: Database, person: Person): Promise<Person> {
	const email = person.email.toLowerCase();
	await db
		.insertInto('person')
		.values({ id: person.id, email, name: person.name, email_verified: true, image: null })
		.onConflict((conflict) => conflict.column('email').doNothing())
		.execute();
	return await db
		.selectFrom('person')
		.select(['id', 'email', 'name'])
		.where('email', '=', email)
		.executeTakeFirstOrThrow();
}

export interface Member {
	id: string;
	email: string;
	name: string;
	roles: { role: StaffRole; siteId: string | null; endsOn: string | null }[];
}

/** Everyone with a role in an engagement, past ones included, by name. */
export async function listMembers(
	db: Database,
	engagementId: string,
	page: { limit: number; offset: number },
): Promise<Member[]> {
	const people = await db
		.selectFrom('person as p')
		.innerJoin('engagement_role as r', 'r.person_id', 'p.id')
		.select(['p.id', 'p.email', 'p.name'])
		.select(
			// node-postgres reads an aggregated json column as the array it holds.
			sql<Member['roles']>`json_agg(json_build_object(
				'role', r.role, 'siteId', r.site_id, 'endsOn', r.ends_on
			) order by r.role)`.as('roles'),
		)
		.where('r.engagement_id', '=', engagementId)
		.groupBy(['p.id', 'p.email', 'p.name'])
		.orderBy('p.name')
		.orderBy('p.id')
		.limit(page.limit)
		.offset(page.offset)
		.execute();
	return people;
}

/**
 * People who exist for the sample alone: each of their current roles is in a synthetic engagement,
 * and nothing real waits for them.
 */
export async function listSamplePeople(
	db: Database,
	now: Date,
): Promise<{ email: string; name: string; roles: StaffRole[] }[]> {
	return await db
		.selectFrom('person as p')
		.innerJoin('engagement_role as r', 'r.person_id', 'p.id')
		.innerJoin('engagement as e', 'e.id', 'r.engagement_id')
		.select(['p.email', 'p.name'])
		.select(sql<StaffRole[]>`array_agg(distinct r.role order by r.role)`.as('roles'))
		.where((where) =>
			where.not(
				where.exists(
					where
						.selectFrom('invitation as i')
						.innerJoin('engagement as real', 'real.id', 'i.engagement_id')
						.select('i.id')
						.whereRef('i.email', '=', 'p.email')
						.where('i.accepted_at', 'is', null)
						.where('i.expires_at', '>', now)
						.where('real.is_synthetic', '=', false),
				),
			),
		)
		.groupBy(['p.id', 'p.email', 'p.name'])
		.having(sql<boolean>`bool_and(e.is_synthetic)`)
		.orderBy(sql`min(r.role)`)
		.orderBy('p.name')
		.orderBy('p.id')
		.limit(50)
		.execute();
}
