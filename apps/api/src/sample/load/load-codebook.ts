import type { Schema } from '@throughline/db/schema';
import type { Kysely } from 'kysely';
import type { Random } from '../../deps.ts';
import type { SampleEngagement } from '../read-sample.ts';

/** Writes the starter codebook. @returns theme ids by key. */
export async function loadCodebook(
	db: Kysely<Schema>,
	options: { engagementId: string; random: Random; sample: SampleEngagement },
): Promise<Map<string, string>> {
	const { engagementId, random, sample } = options;
	const codebookId = random.uuid7();
	await db
		.insertInto('codebook')
		.values({
			engagement_id: engagementId,
			id: codebookId,
			title: sample.codebook.title,
			unit: sample.codebook.unit,
			number: 1,
		})
		.execute();
	const themeIds = new Map<string, string>();
	for (const [position, group] of sample.codebook.groups.entries()) {
		const groupId = random.uuid7();
		await db
			.insertInto('theme_group')
			.values({
				engagement_id: engagementId,
				id: groupId,
				codebook_id: codebookId,
				key: group.key,
				label: group.label,
				position,
			})
			.execute();
		for (const [themePosition, theme] of group.themes.entries()) {
			const id = random.uuid7();
			themeIds.set(theme.key, id);
			await db
				.insertInto('theme')
				.values({
					engagement_id: engagementId,
					id,
					theme_group_id: groupId,
					key: theme.key,
					label: theme.label,
					definition: theme.definition,
					include: theme.include,
					exclude: theme.exclude,
					examples: theme.examples,
					position: themePosition,
					archived_at: null,
				})
				.execute();
		}
	}
	return themeIds;
}
