import { createHash } from 'node:crypto';
import { createCodebook } from '@throughline/db/queries/codebook';
import { insertExcerpts } from '@throughline/db/queries/excerpt';
import type { Schema } from '@throughline/db/schema';
import type { Kysely } from 'kysely';
import { systemRandom } from '../system/random.ts';
import { seedSurvey } from './seed-survey.ts';

const words = {
	A1: ['Safer with an officer', ['The officer makes me feel safe.', 'I relax near the officer.']],
	A2: ['Less safe', ['The officer scares me.', 'I am afraid of the gun.']],
	B1: ['Lunch', ['The food at lunch is cold.', 'Lunch is too short.']],
	B2: ['Bus', ['The bus is late.', 'The late bus never comes.']],
	B3: ['Sports', ['We need a better gym.']],
} as const satisfies Record<string, [string, string[]]>;

export type ThemeKey = keyof typeof words;

export interface SeededExcerpt {
	text: string;
	language?: string;
	inSample?: boolean;
	isNonAnswer?: boolean;
}

/**
 * A codebook of five themes in two groups and, in an opened window, excerpts in the order given.
 * @returns the ids of both.
 */
export async function seedCoding(
	db: Kysely<Schema>,
	engagementId: string,
	excerpts: SeededExcerpt[],
) {
	const themeIds = await seedCodebook(db, engagementId);
	const { surveyVersionId, noticeVersionId } = await seedSurvey(db, engagementId);
	const windowId = systemRandom.uuid7();
	await db
		.insertInto('survey_window')
		.values({
			engagement_id: engagementId,
			id: windowId,
			survey_version_id: surveyVersionId,
			notice_version_id: noticeVersionId,
			link_key: windowId,
			label: 'Winter',
			status: 'opened',
			opens_at: new Date('2026-01-01T00:00:00Z'),
			closes_at: new Date('2026-01-02T00:00:00Z'),
			source: 'codes',
			epoch: 1,
		})
		.execute();
	const ids = excerpts.map(() => systemRandom.uuid4());
	await insertExcerpts(
		db,
		excerpts.map(({ text, language = 'en', inSample = false, isNonAnswer = false }, index) => ({
			engagement_id: engagementId,
			id: ids[index] ?? '',
			source_kind: 'answer' as const,
			source_id: systemRandom.uuid4(),
			window_id: windowId,
			question_id: 'Q2',
			text,
			text_hash: createHash('sha256').update(text).digest('hex'),
			language,
			redactions: '[]',
			is_non_answer: isNonAnswer,
			queue_position: index,
			in_sample: inSample,
		})),
	);
	return { themeIds, excerptIds: ids, windowId };
}

export async function seedCodebook(
	db: Kysely<Schema>,
	engagementId: string,
): Promise<Record<ThemeKey, string>> {
	const group = (key: string, label: string) => ({
		id: systemRandom.uuid7(),
		key,
		label,
		themes: Object.entries(words)
			.filter(([theme]) => theme.startsWith(key))
			.map(([theme, [name, examples]]) => ({
				id: systemRandom.uuid7(),
				key: theme,
				label: name,
				definition: `About this: ${name}.`,
				include: [],
				exclude: [],
				examples: [...examples],
			})),
	});
	const groups = [group('A', 'Safety'), group('B', 'Days')];
	await createCodebook(db, engagementId, {
		id: systemRandom.uuid7(),
		title: 'Test codebook',
		unit: 'One idea in one answer.',
		groups,
	});
	const ids = groups.flatMap(({ themes }) => themes.map(({ key, id }) => [key, id]));
	// Made from the very keys of `words`.
	return Object.fromEntries(ids) as Record<ThemeKey, string>;
}
