import type { Schema } from '@throughline/db/schema';
import { contentHash, definitionHash, type SurveyDefinition } from '@throughline/survey-engine';
import type { Kysely } from 'kysely';
import { systemRandom } from '../system/random.ts';

/** A survey of two questions; the second is asked only after a no. */
export const testDefinition: SurveyDefinition = {
	schema: 'throughline-survey/1',
	id: 'test_survey',
	version: '1.0.0',
	title: { en: 'Your School', es: 'Tu escuela' },
	defaultLanguage: 'en',
	languages: [
		{ code: 'en', status: 'reviewed' },
		{ code: 'es', status: 'draft' },
	],
	sections: [{ id: 'A', title: { en: 'Safety', es: 'Seguridad' } }],
	questions: [
		{
			id: 'Q1',
			section: 'A',
			type: 'single',
			text: { en: 'Do you feel safe?', es: '¿Te sientes seguro?' },
			options: [
				{ code: 'yes', label: { en: 'Yes', es: 'Sí' } },
				{ code: 'no', label: { en: 'No' } },
			],
		},
		{
			id: 'Q2',
			section: 'A',
			type: 'long_text',
			text: { en: 'Why?', es: '¿Por qué?' },
			relevance: "${Q1} = 'no'",
			maxLength: 500,
		},
	],
};

/** A small survey, published unless said otherwise, and a notice. */
export async function seedSurvey(
	db: Kysely<Schema>,
	engagementId: string,
	options: { isPublished?: boolean; now?: Date } = {},
) {
	const surveyId = systemRandom.uuid7();
	const surveyVersionId = systemRandom.uuid7();
	const noticeVersionId = systemRandom.uuid7();
	const body = { kind: 'tennessen', text: { en: '{{district}} is asking. You need not answer.' } };
	await db
		.insertInto('survey')
		.values({ engagement_id: engagementId, id: surveyId, key: surveyId })
		.execute();
	await db
		.insertInto('survey_version')
		.values({
			engagement_id: engagementId,
			id: surveyVersionId,
			survey_id: surveyId,
			number: 1,
			definition: JSON.stringify(testDefinition),
			definition_hash: await definitionHash(testDefinition),
			published_at: (options.isPublished ?? true) ? (options.now ?? new Date(0)) : null,
		})
		.execute();
	await db
		.insertInto('notice_version')
		.values({
			engagement_id: engagementId,
			id: noticeVersionId,
			key: surveyId,
			kind: 'tennessen',
			number: 1,
			body: JSON.stringify(body),
			body_hash: await contentHash(body),
		})
		.execute();
	return { surveyVersionId, noticeVersionId };
}
