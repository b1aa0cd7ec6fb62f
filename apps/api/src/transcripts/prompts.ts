import type { TranscriptKey } from '@throughline/db/queries/transcript';
import type { Schema } from '@throughline/db/schema';
import type { Kysely } from 'kysely';
import { z } from 'zod';
import type { PromptChoice } from '../routes/transcripts/schema.ts';

const MAX_PROMPTS = 200;

const guideSchema = z.looseObject({
	prompts: z.array(z.looseObject({ key: z.string(), text: z.string() })).default([]),
});

/** The prompts a turn can stand on: those of the session's guide, and what turns stand on already. */
export async function listPrompts(db: Kysely<Schema>, key: TranscriptKey): Promise<PromptChoice[]> {
	const used = await db
		.selectFrom('turn')
		.select('prompt_key')
		.distinct()
		.where('engagement_id', '=', key.engagementId)
		.where('transcript_id', '=', key.transcriptId)
		.where('prompt_key', 'is not', null)
		.orderBy('prompt_key')
		.limit(MAX_PROMPTS)
		.execute();
	const guide = await db
		.selectFrom('dialog_session as s')
		.innerJoin('dialog_guide_version as g', (join) =>
			join
				.onRef('g.engagement_id', '=', 's.engagement_id')
				.onRef('g.id', '=', 's.guide_version_id'),
		)
		.select('g.body')
		.where('s.engagement_id', '=', key.engagementId)
		.where('s.id', '=', key.sessionId)
		.executeTakeFirst();
	const known = guideSchema.parse(guide?.body ?? {}).prompts.slice(0, MAX_PROMPTS);
	const usedKeys = new Set(used.flatMap(({ prompt_key }) => prompt_key ?? []));
	const others = [...usedKeys].filter((used) => known.every((prompt) => prompt.key !== used));
	return [
		...known.map((prompt) => ({ key: prompt.key, label: prompt.text })),
		...others.map((other) => ({ key: other, label: other })),
	].map((prompt) => ({ ...prompt, isUsed: usedKeys.has(prompt.key) }));
}
