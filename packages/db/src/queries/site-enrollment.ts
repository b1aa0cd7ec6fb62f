import type { Kysely } from 'kysely';
import type { Schema } from '../schema.ts';

/** Writes a site's enrolment of one school year: rows of attribute, value and count. */
export async function writeEnrollment(
	db: Kysely<Schema>,
	enrollment: { siteId: string; schoolYear: string; counts: [string, string, number][] },
): Promise<void> {
	if (enrollment.counts.length === 0) {
		return;
	}
	await db
		.insertInto('site_enrollment')
		.values(
			enrollment.counts.map(([attribute, value, n]) => ({
				site_id: enrollment.siteId,
				school_year: enrollment.schoolYear,
				attribute,
				value,
				n,
			})),
		)
		.onConflict((conflict) =>
			conflict
				.columns(['site_id', 'school_year', 'attribute', 'value'])
				.doUpdateSet((expression) => ({ n: expression.ref('excluded.n') })),
		)
		.execute();
}

/** Whether a site was counted in a school year, if only to say that nobody is enrolled there. */
export async function isSiteCounted(
	db: Kysely<Schema>,
	key: { siteId: string; schoolYear: string },
): Promise<boolean> {
	const row = await db
		.selectFrom('site_enrollment')
		.select('n')
		.where('site_id', '=', key.siteId)
		.where('school_year', '=', key.schoolYear)
		.limit(1)
		.executeTakeFirst();
	return row !== undefined;
}

/** Enrolment counts of every site of an engagement's district in its school year. */
export async function listEnrollment(db: Kysely<Schema>, engagementId: string) {
	return await db
		.selectFrom('site_enrollment as n')
		.innerJoin('site as s', 's.id', 'n.site_id')
		.innerJoin('engagement as e', (join) =>
			join
				.onRef('e.district_id', '=', 's.district_id')
				.onRef('e.school_year', '=', 'n.school_year'),
		)
		.select([
			's.key as site_key',
			's.name as site_name',
			's.level',
			'n.attribute',
			'n.value',
			'n.n',
		])
		.where('e.id', '=', engagementId)
		.orderBy('s.position')
		.orderBy('n.attribute')
		.orderBy('n.value')
		.execute();
}
