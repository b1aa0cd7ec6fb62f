import type { Schema } from '@throughline/db/schema';
import type { Kysely } from 'kysely';
import { z } from 'zod';
import { notFound } from '../errors.ts';
import type { ReleaseBody } from './body.ts';

const decisionSchema = z.object({
	question: z.string(),
	decidedBy: z.string().nullable().default(null),
	notOpen: z.string().nullable().default(null),
});

/** The engagement as a release tells it: mandate, milestones, the question to be decided. */
export async function readEngagementPart(
	db: Kysely<Schema>,
	engagementId: string,
): Promise<ReleaseBody['engagement']> {
	const engagement = await db
		.selectFrom('engagement as e')
		.innerJoin('district as d', 'd.id', 'e.district_id')
		.select([
			'e.slug',
			'e.title',
			'e.purpose',
			'e.is_synthetic',
			'e.school_year',
			'e.decision',
			'd.name as district',
		])
		.where('e.id', '=', engagementId)
		.executeTakeFirst();
	if (!engagement) {
		throw notFound();
	}
	const mandates = await db
		.selectFrom('mandate')
		.select(['id', 'body', 'document', 'adopted_on'])
		.where('engagement_id', '=', engagementId)
		.orderBy('adopted_on')
		.orderBy('id')
		.execute();
	const directives = await db
		.selectFrom('directive')
		.select(['mandate_id', 'key', 'text'])
		.where('engagement_id', '=', engagementId)
		.orderBy('position')
		.orderBy('id')
		.execute();
	const milestones = await db
		.selectFrom('milestone')
		.select(['label', 'starts_on', 'ends_on'])
		.where('engagement_id', '=', engagementId)
		.orderBy('position')
		.orderBy('id')
		.execute();
	return {
		slug: engagement.slug,
		title: engagement.title,
		purpose: engagement.purpose,
		district: engagement.district,
		isSynthetic: engagement.is_synthetic,
		schoolYear: engagement.school_year,
		decision: decisionSchema.safeParse(engagement.decision).data ?? null,
		mandate: mandates.map((mandate) => ({
			body: mandate.body,
			document: mandate.document,
			adoptedOn: mandate.adopted_on,
			directives: directives
				.filter((directive) => directive.mandate_id === mandate.id)
				.map(({ key, text }) => ({ key, text })),
		})),
		milestones: milestones.map((milestone) => ({
			label: milestone.label,
			startsOn: milestone.starts_on,
			endsOn: milestone.ends_on,
		})),
	};
}
