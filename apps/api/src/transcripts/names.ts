import { redact } from '@throughline/analysis/text';
import type { Schema } from '@throughline/db/schema';
import type { Kysely } from 'kysely';
import { z } from 'zod';

const detailsSchema = z.looseObject({ namesToRedact: z.array(z.string()).default([]) });

/** Names to hide in what was said: those the district listed, and those of the team. */
export async function listNamesToHide(db: Kysely<Schema>, engagementId: string): Promise<string[]> {
	const engagement = await db
		.selectFrom('engagement')
		.select('details')
		.where('id', '=', engagementId)
		.executeTakeFirst();
	const team = await db
		.selectFrom('engagement_role as r')
		.innerJoin('person as p', 'p.id', 'r.person_id')
		.select('p.name')
		.distinct()
		.where('r.engagement_id', '=', engagementId)
		.orderBy('p.name')
		.limit(500)
		.execute();
	const { namesToRedact } = detailsSchema.parse(engagement?.details ?? {});
	return [...new Set([...namesToRedact, ...team.map(({ name }) => name)])].filter(
		(name) => name.trim() !== '',
	);
}

/** What should perhaps be hidden in a text, by names and shapes. */
export function suggestHidden(
	text: string,
	options: { names: readonly string[]; language: string },
): { start: number; end: number; kind: string }[] {
	return redact(text, options).redactions;
}
