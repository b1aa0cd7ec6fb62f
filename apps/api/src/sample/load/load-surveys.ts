import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import type { Schema } from '@throughline/db/schema';
import {
	canonicalJson,
	compileSurvey,
	definitionHash,
	parseDefinition,
	type Survey,
} from '@throughline/survey-engine';
import type { Kysely } from 'kysely';
import { z } from 'zod';
import type { Clock, Random } from '../../deps.ts';

const noticesFile = z.looseObject({
	notices: z.array(z.looseObject({ id: z.string(), kind: z.string() })),
});

/** A published survey: what windows are opened for. */
export interface PublishedSurvey {
	versionId: string;
	hash: string;
	survey: Survey;
}

export interface LoadedSurveys {
	surveys: Map<string, PublishedSurvey>;
	notices: Map<string, { id: string; hash: string }>;
}

interface Loading {
	engagementId: string;
	publishedBy: string;
	random: Random;
	clock: Clock;
}

/** Publishes the sample's surveys and notices. */
export async function loadSurveys(db: Kysely<Schema>, loading: Loading): Promise<LoadedSurveys> {
	const surveys = new Map<string, PublishedSurvey>();
	for (const file of ['student', 'family-staff']) {
		const published = await publish(db, loading, readJson(`surveys/${file}.json`));
		surveys.set(published.survey.definition.id, published);
	}
	return { surveys, notices: await writeNotices(db, loading) };
}

async function publish(
	db: Kysely<Schema>,
	loading: Loading,
	json: unknown,
): Promise<PublishedSurvey> {
	const parsed = parseDefinition(json);
	if (!parsed.ok) {
		throw new Error(`A sample survey is not valid: ${JSON.stringify(parsed.problems)}`);
	}
	const survey = compileSurvey(parsed.definition);
	const surveyId = loading.random.uuid7();
	const versionId = loading.random.uuid7();
	const hash = await definitionHash(parsed.definition);
	await db
		.insertInto('survey')
		.values({
			engagement_id: loading.engagementId,
			id: surveyId,
			key: parsed.definition.id,
		})
		.execute();
	await db
		.insertInto('survey_version')
		.values({
			engagement_id: loading.engagementId,
			id: versionId,
			survey_id: surveyId,
			number: 1,
			definition: JSON.stringify(parsed.definition),
			definition_hash: hash,
			published_at: loading.clock(),
			published_by: loading.publishedBy,
		})
		.execute();
	return { versionId, hash, survey };
}

async function writeNotices(
	db: Kysely<Schema>,
	loading: Loading,
): Promise<LoadedSurveys['notices']> {
	const notices: LoadedSurveys['notices'] = new Map();
	for (const notice of noticesFile.parse(readJson('notices.json')).notices) {
		const id = loading.random.uuid7();
		const body = canonicalJson(notice);
		const hash = createHash('sha256').update(body).digest('hex');
		notices.set(notice.id, { id, hash });
		await db
			.insertInto('notice_version')
			.values({
				engagement_id: loading.engagementId,
				id,
				key: notice.id,
				kind: notice.kind,
				number: 1,
				body,
				body_hash: hash,
			})
			.execute();
	}
	return notices;
}

function readJson(name: string): unknown {
	return JSON.parse(readFileSync(new URL(`../../../sample/${name}`, import.meta.url), 'utf8'));
}
