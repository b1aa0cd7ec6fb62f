import { redact } from '@throughline/analysis/text';
import type { Schema } from '@throughline/db/schema';
import { type Kysely, sql } from 'kysely';
import type { Deps } from '../../deps.ts';
import type { SampleResponse } from '../generate.ts';
import type { SampleEngagement } from '../read-sample.ts';
import { type SampleCoding, sampleCodings } from '../sample-codings.ts';
import { idOf } from './load-places.ts';

const CHUNK = 500;

interface CodingRow {
	excerptId: string;
	coderId: string;
	themeIds: string[];
}

/** A stored excerpt that an answer of the generator became. */
export interface StoredExcerpt {
	id: string;
	text: string;
	questionId: string | null;
}

/**
 * Writes the decisions of the two sample coders on the random sample of open answers, and marks
 * that sample as the one drawn for double coding.
 *
 * @returns the decisions, by place of the answer.
 */
export async function loadCodings(
	db: Kysely<Schema>,
	options: {
		deps: Pick<Deps, 'clock'>;
		engagementId: string;
		sample: SampleEngagement;
		responses: readonly SampleResponse[];
		excerptOf: (responseIndex: number, questionId: string) => StoredExcerpt;
		coderIds: { a: string; b: string };
		themeIds: Map<string, string>;
		seed: number;
		count: number;
	},
): Promise<SampleCoding[]> {
	const codings = sampleCodings(options.responses, options.sample.phrases, {
		codebook: options.sample.codebook,
		seed: options.seed,
		count: options.count,
	});
	const rows = codings.map((coding) => ({
		excerptId: options.excerptOf(coding.responseIndex, coding.questionId).id,
		coderId: options.coderIds[coding.coder],
		themeIds: coding.themes.map((key) => idOf(options.themeIds, key)),
	}));
	const { engagementId } = options;
	await writeDecisions(db, { engagementId, rows, decidedAt: options.deps.clock() });
	await markSample(db, engagementId, [...new Set(rows.map((row) => row.excerptId))]);
	return codings;
}

/**
 * Finds the excerpt that an answer became: same question, same words after redaction. Answers with
 * the very same words are handed out one by one.
 */
export function excerptFinder(
	excerpts: StoredExcerpt[],
	options: { responses: readonly SampleResponse[]; names: string[] },
): (responseIndex: number, questionId: string) => StoredExcerpt {
	const byWords = Map.groupBy(excerpts, (excerpt) => `${excerpt.questionId}\n${excerpt.text}`);
	const taken = new Map<string, StoredExcerpt>();
	return (responseIndex, questionId) => {
		const place = `${responseIndex}:${questionId}`;
		const known = taken.get(place);
		if (known) {
			return known;
		}
		const response = options.responses[responseIndex];
		const answer = String(response?.values[questionId] ?? '');
		const { text } = redact(answer, {
			names: options.names,
			language: response?.language ?? 'en',
		});
		const excerpt = byWords.get(`${questionId}\n${text}`)?.pop();
		if (!excerpt) {
			throw new Error(`No excerpt was made of the answer to ${questionId}: ${answer}`);
		}
		taken.set(place, excerpt);
		return excerpt;
	};
}

async function writeDecisions(
	db: Kysely<Schema>,
	options: { engagementId: string; rows: CodingRow[]; decidedAt: Date },
): Promise<void> {
	const { engagementId, rows } = options;
	const codings = rows.flatMap((row) =>
		row.themeIds.map((themeId) => ({
			engagement_id: engagementId,
			excerpt_id: row.excerptId,
			coder_id: row.coderId,
			theme_id: themeId,
		})),
	);
	for (let start = 0; start < rows.length; start += CHUNK) {
		await db
			.insertInto('excerpt_decision')
			.values(
				rows.slice(start, start + CHUNK).map((row) => ({
					engagement_id: engagementId,
					excerpt_id: row.excerptId,
					coder_id: row.coderId,
					saw_suggestions: false,
					decided_at: options.decidedAt,
				})),
			)
			.execute();
	}
	for (let start = 0; start < codings.length; start += CHUNK) {
		await db
			.insertInto('coding')
			.values(codings.slice(start, start + CHUNK))
			.execute();
	}
}

async function markSample(
	db: Kysely<Schema>,
	engagementId: string,
	excerptIds: string[],
): Promise<void> {
	await db
		.updateTable('excerpt')
		.set({ in_sample: sql<boolean>`id = any(${excerptIds}::uuid[])` })
		.where('engagement_id', '=', engagementId)
		.execute();
}
