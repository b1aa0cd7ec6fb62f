import type { Schema } from '@throughline/db/schema';
import { definitionHash, type SurveyDefinition } from '@throughline/survey-engine';
import type { Kysely } from 'kysely';
import { systemRandom } from '../system/random.ts';

const definition: SurveyDefinition = {
	schema: 'throughline-survey/1',
	id: 'corpus',
	version: '1.0.0',
	title: { en: 'One open question' },
	defaultLanguage: 'en',
	languages: [{ code: 'en', status: 'reviewed' }],
	sections: [{ id: 'A', title: { en: 'All' } }],
	questions: [
		{ id: 'Q1', section: 'A', type: 'long_text', text: { en: 'What would you like to say?' } },
	],
};

/** An engagement without students, for a foreign corpus: places as sites, one open question. */
export async function seedCorpus(
	db: Kysely<Schema>,
	{ slug, sites }: { slug: string; sites: readonly string[] },
): Promise<string> {
	const districtId = systemRandom.uuid7();
	const engagementId = systemRandom.uuid7();
	const surveyId = systemRandom.uuid7();
	const own = { engagement_id: engagementId };
	const names = { name: 'Corpus', short_name: 'C', state: 'MN', timezone: 'UTC' };
	const languages = { default_language: 'en', languages: ['en'], details: '{}' };
	await db
		.insertInto('district')
		.values({ id: districtId, key: districtId, ...names, ...languages })
		.execute();
	await db
		.insertInto('engagement')
		.values({
			id: engagementId,
			district_id: districtId,
			slug,
			title: 'Corpus',
			purpose: 'To take a corpus through.',
			status: 'active',
			is_synthetic: false,
			school_year: '2025-26',
			decision: '{"question":"What is said?"}',
			details: '{}',
		})
		.execute();
	const places = sites.map((name, position) => ({
		id: systemRandom.uuid7(),
		district_id: districtId,
		key: `s${position}`,
		name,
		level: 'high' as const,
		grades: [],
		has_sro: false,
		position,
	}));
	await db.insertInto('site').values(places).execute();
	await db
		.insertInto('survey')
		.values({ ...own, id: surveyId, key: 'corpus' })
		.execute();
	await db
		.insertInto('survey_version')
		.values({
			...own,
			id: systemRandom.uuid7(),
			survey_id: surveyId,
			number: 1,
			definition: JSON.stringify(definition),
			definition_hash: await definitionHash(definition),
			published_at: new Date(),
		})
		.execute();
	return engagementId;
}
