import { readFileSync } from 'node:fs';
import type { Schema } from '@throughline/db/schema';
import { compileSurvey, parseDefinition, type Survey } from '@throughline/survey-engine';
import type { Kysely } from 'kysely';
import { writeNotices } from '../../actions/import-engagement.ts';
import { publishSurvey } from '../../actions/publish-survey.ts';
import type { Clock, Random } from '../../deps.ts';
import { starterNotices } from '../starter.ts';

/** A published survey: what windows are opened for. */
interface PublishedSurvey {
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
	const { random, engagementId } = loading;
	const notices = await writeNotices(db, random, { engagementId, notices: starterNotices() });
	return { surveys, notices };
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
	const { versionId, hash } = await publishSurvey({ db, ...loading }, loading.engagementId, {
		definition: parsed.definition,
		personId: loading.publishedBy,
	});
	return { versionId, hash, survey: compileSurvey(parsed.definition) };
}

function readJson(name: string): unknown {
	return JSON.parse(readFileSync(new URL(`../../../sample/${name}`, import.meta.url), 'utf8'));
}
