import { createHash } from 'node:crypto';
import { codePointLength } from '@throughline/analysis/text';
import type { Schema } from '@throughline/db/schema';
import type { Kysely } from 'kysely';
import type { Deps } from '../../deps.ts';
import type { SampleResponse } from '../generate.ts';
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
	/** Who wrote findings and recommendations; the two who cleared the quotes. */
	author: string;
	clearers: [string, string];
}

/** Writes quotes with their two clearances, findings, and the recommendations that rest on them. */
export async function loadDecisions(db: Kysely<Schema>, loading: Loading): Promise<void> {
	const recommendationIds = await writeRecommendations(db, loading);
	for (const finding of loading.sample.findings) {
		const findingId = await writeFinding(db, loading, finding);
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
	loading: Loading,
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
 * A quote is the span of the first answer that holds the phrase. Null when no student of this
 * sample happened to write it.
 */
async function writeQuote(
	db: Kysely<Schema>,
	loading: Loading,
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

function findSpan(loading: Loading, phraseId: string) {
	for (const [index, response] of loading.responses.entries()) {
		for (const [questionId, parts] of Object.entries(response.parts)) {
			const part = parts.find((candidate) => candidate.phrase === phraseId);
			if (!part) {
				continue;
			}
			const excerpt = loading.excerptOf(index, questionId);
			const at = excerpt.text.indexOf(part.text);
			if (at !== -1) {
				const start = codePointLength(excerpt.text.slice(0, at));
				return {
					excerptId: excerpt.id,
					text: part.text,
					start,
					end: start + codePointLength(part.text),
				};
			}
		}
	}
	return null;
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
