import { sql } from 'kysely';
import { json } from '../open-values.ts';
import type { RecommendationCategory, RecommendationStatus } from '../schema.ts';
import type { Database } from '../types.ts';

interface RecommendationKey {
	engagementId: string;
	recommendationId: string;
}

/** Everything of a recommendation that a version keeps. */
export interface RecommendationWords {
	category: RecommendationCategory;
	text: string;
	owner: string;
	measure: string;
	target: string;
	clause_hint: string | null;
	status: RecommendationStatus;
	reason: string | null;
	dissent: string | null;
	/** Only where this version changed them: the sentences of the findings it rests on. */
	findings?: { before: string[]; after: string[] };
}

/** The next free key: `R11` after `R10`. Take it inside the transaction that uses it. */
export async function nextRecommendationKey(db: Database, engagementId: string): Promise<string> {
	const result = await sql<{ last: number }>`
		select coalesce(max(substring(key from '^R([0-9]+)$')::int), 0) as last
		from recommendation where engagement_id = ${engagementId}
	`.execute(db);
	return `R${String((result.rows[0]?.last ?? 0) + 1).padStart(2, '0')}`;
}

/** Writes a new recommendation and the first version of its words. */
export async function insertRecommendation(
	db: Database,
	key: RecommendationKey,
	recommendation: {
		key: string;
		words: Omit<RecommendationWords, 'findings'>;
		personId: string;
		now: Date;
	},
): Promise<void> {
	await db
		.insertInto('recommendation')
		.values({
			engagement_id: key.engagementId,
			id: key.recommendationId,
			key: recommendation.key,
			...recommendation.words,
			version: 1,
			updated_at: recommendation.now,
		})
		.execute();
	await insertVersion(db, key, { ...recommendation, version: 1 });
}

/**
 * Writes new words and keeps them as a version.
 * @returns false when it is not at this version any more (or not there): nothing was changed.
 */
export async function rewriteRecommendation(
	db: Database,
	key: RecommendationKey,
	change: { words: RecommendationWords; version: number; personId: string; now: Date },
): Promise<boolean> {
	const version = change.version + 1;
	const { findings: _, ...words } = change.words;
	const result = await db
		.updateTable('recommendation')
		.set({ ...words, version, updated_at: change.now })
		.where('engagement_id', '=', key.engagementId)
		.where('id', '=', key.recommendationId)
		.where('version', '=', change.version)
		.executeTakeFirst();
	if (result.numUpdatedRows !== 1n) {
		return false;
	}
	await insertVersion(db, key, { ...change, version });
	return true;
}

/** Links exactly these findings. */
export async function replaceFindings(
	db: Database,
	key: RecommendationKey,
	findingIds: readonly string[],
): Promise<void> {
	await db
		.deleteFrom('recommendation_finding')
		.where('engagement_id', '=', key.engagementId)
		.where('recommendation_id', '=', key.recommendationId)
		.execute();
	if (findingIds.length > 0) {
		await db
			.insertInto('recommendation_finding')
			.values(
				findingIds.map((id) => ({
					engagement_id: key.engagementId,
					recommendation_id: key.recommendationId,
					finding_id: id,
				})),
			)
			.execute();
	}
}

/** Locks all recommendations of an engagement, so that evidence cannot go while one is approved. */
export async function lockRecommendations(db: Database, engagementId: string): Promise<void> {
	await db
		.selectFrom('recommendation')
		.select('id')
		.where('engagement_id', '=', engagementId)
		.orderBy('id')
		.forUpdate()
		.execute();
}

/** A version of a recommendation: its words, and who wrote them when. */
export interface RecommendationVersionRow {
	version: number;
	body: RecommendationWords;
	person: string | null;
	at: Date;
}

/** All versions of a recommendation, oldest first. */
export async function listRecommendationVersions(
	db: Database,
	key: RecommendationKey,
): Promise<RecommendationVersionRow[]> {
	const result = await sql<RecommendationVersionRow>`
		select v.version, v.body, p.name as person, v.created_at as at
		from recommendation_version v left join person p on p.id = v.changed_by
		where v.engagement_id = ${key.engagementId}
			and v.recommendation_id = ${key.recommendationId}
		order by v.version
	`.execute(db);
	return result.rows;
}

async function insertVersion(
	db: Database,
	key: RecommendationKey,
	version: { version: number; words: RecommendationWords; personId: string },
): Promise<void> {
	await db
		.insertInto('recommendation_version')
		.values({
			engagement_id: key.engagementId,
			recommendation_id: key.recommendationId,
			version: version.version,
			body: json(version.words),
			changed_by: version.personId,
		})
		.execute();
}
