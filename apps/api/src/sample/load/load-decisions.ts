import { createHash } from 'node:crypto';
import { codePointLength } from '@throughline/analysis/text';
import type { Schema } from '@throughline/db/schema';
import type { Kysely } from 'kysely';
import type { Deps } from '../../deps.ts';
import type { SampleResponse } from '../generate.ts';
import { findQuoteSources, type QuoteSource } from '../quote-sources.ts';
import type { SampleCoding } from '../sample-codings.ts';
import type { SampleEngagement } from '../read-sample.ts';
import type { StoredExcerpt } from './load-codings.ts';
import { idOf } from './load-places.ts';

interface Loading {
	deps: Pick<Deps, 'clock' | 'random'>;
	engagementId: string;
	windowId: string;
	sample: SampleEngagement;
	responses: readonly SampleResponse[];
	excerptOf: (responseIndex: number, questionId: string) => StoredExcerpt;
	themeIds: Map<string, string>;
	codings: readonly SampleCoding[];
	/** Who wrote findings and recommendations; the two who cleared the quotes. */
	author: string;
	clearers: [string, string];
}

interface Writing extends Loading {
	/** Where each quoted phrase stands, no two in one response. */
	quoteSources: Map<string, QuoteSource>;
}

/** Writes quotes with their two clearances, findings, and the recommendations that rest on them. */
export async function loadDecisions(db: Kysely<Schema>, loading: Loading): Promise<void> {
	const recommendationIds = await writeRecommendations(db, loading);
	const { responses, sample } = loading;
	const phraseIds = sample.findings.flatMap(({ quotes }) => quotes);
	const sources = findQuoteSources(responses, sample.phrases, {
		phraseIds,
		codings: loading.codings,
	});
	const quoteSources = new Map(sources.map((source) => [source.phrase, source]));
	for (const finding of sample.findings) {
		const findingId = await writeFinding(db, { ...loading, quoteSources }, finding);
		for (const key of finding.recommendations) {
			await db
				.insertInto('recommendation_finding')
				.values({
					engagement_id: loading.engagementId,
					recommendation_id: idOf(recommendationIds, key),
					finding_id: findingId,
				})
				.execute();
		}
	}
}

async function writeFinding(
	db: Kysely<Schema>,
	loading: Writing,
	finding: SampleEngagement['findings'][number],
): Promise<string> {
	const { engagementId, windowId, deps } = loading;
	const id = deps.random.uuid7();
	const own = { engagement_id: engagementId, finding_id: id };
	await db
		.insertInto('finding')
		.values({
			engagement_id: engagementId,
			id,
			sentence: finding.sentence,
			minority_view: finding.minorityView,
			status: 'ready',
			created_by: loading.author,
			version: 1,
			updated_at: deps.clock(),
		})
		.execute();
	await db
		.insertInto('finding_table')
		.values(
			finding.tables.map((table, position) => ({
				...own,
				...table,
				position,
				window_id: windowId,
			})),
		)
		.execute();
	await db
		.insertInto('finding_theme')
		.values(finding.themes.map((key) => ({ ...own, theme_id: idOf(loading.themeIds, key) })))
		.execute();
	for (const phrase of finding.quotes) {
		const quoteId = await writeQuote(db, loading, phrase);
		if (quoteId !== null) {
			await db
				.insertInto('finding_quote')
				.values({ ...own, quote_id: quoteId })
				.execute();
		}
	}
	return id;
}

/**
 * A quote is the span of an answer that holds the phrase. Null when no student of this sample
 * happened to write it.
 */
async function writeQuote(
	db: Kysely<Schema>,
	loading: Writing,
	phraseId: string,
): Promise<string | null> {
	const span = findSpan(loading, phraseId);
	if (!span) {
		return null;
	}
	const { engagementId, deps } = loading;
	const id = deps.random.uuid7();
	await db
		.insertInto('quote')
		.values({
			engagement_id: engagementId,
			id,
			excerpt_id: span.excerptId,
			start_at: span.start,
			end_at: span.end,
			text_hash: createHash('sha256').update(span.text).digest('hex'),
			proposed_by: loading.author,
			withdrawn_at: null,
		})
		.execute();
	await db
		.insertInto('quote_clearance')
		.values(
			loading.clearers.map((personId) => ({
				engagement_id: engagementId,
				quote_id: id,
				person_id: personId,
				is_cleared: true,
				reason: 'No name, place, date or rare event.',
			})),
		)
		.execute();
	return id;
}

function findSpan(loading: Writing, phraseId: string) {
	const source = loading.quoteSources.get(phraseId);
	if (!source) {
		return null;
	}
	const excerpt = loading.excerptOf(source.responseIndex, source.questionId);
	const at = excerpt.text.indexOf(source.text);
	if (at === -1) {
		return null;
	}
	const start = codePointLength(excerpt.text.slice(0, at));
	const end = start + codePointLength(source.text);
	return { excerptId: excerpt.id, text: source.text, start, end };
}

async function writeRecommendations(
	db: Kysely<Schema>,
	loading: Loading,
): Promise<Map<string, string>> {
	const { engagementId, deps, author } = loading;
	const ids = new Map<string, string>();
	for (const recommendation of loading.sample.recommendations) {
		const id = deps.random.uuid7();
		ids.set(recommendation.key, id);
		const words = {
			category: recommendation.category,
			text: recommendation.text,
			owner: recommendation.owner,
			measure: recommendation.measure,
			target: recommendation.target,
			clause_hint: recommendation.suggestedSection,
			status: recommendation.status,
			reason: null,
			dissent: recommendation.dissent,
		};
		await db
			.insertInto('recommendation')
			.values({
				engagement_id: engagementId,
				id,
				key: recommendation.key,
				...words,
				version: 1,
				updated_at: deps.clock(),
			})
			.execute();
		await db
			.insertInto('recommendation_version')
			.values({
				engagement_id: engagementId,
				recommendation_id: id,
				version: 1,
				body: JSON.stringify(words),
				changed_by: author,
			})
			.execute();
	}
	return ids;
}
