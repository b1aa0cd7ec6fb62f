import { type Kysely, sql, type Transaction } from 'kysely';
import type { Schema } from '../schema.ts';

/** An engagement has one release per window and season; more than this is not a list to read. */
const MOST_RELEASES = 200;

/** The releases of an engagement, newest first, without their bodies. */
export async function listReleases(db: Kysely<Schema>, engagementId: string) {
	return await db
		.selectFrom('release')
		.select(['id', 'slug', 'title', 'status', 'window_id', 'body_hash', 'frozen_at', 'created_at'])
		.where('engagement_id', '=', engagementId)
		.orderBy('created_at', 'desc')
		.orderBy('id', 'desc')
		.limit(MOST_RELEASES)
		.execute();
}

/**
 * When something left the house last, a release or a file of rows: a database that does not know of it
 * would let out what can be put together with it. Null when nothing did.
 */
export async function lastTold(db: Kysely<Schema>): Promise<Date | null> {
	const { rows } = await sql<{ at: Date | null }>`
		select greatest(
			(select max(frozen_at) from release), (select max(fetched_at) from row_export)
		) as at
	`.execute(db);
	return rows[0]?.at ?? null;
}

/**
 * Waits until nobody else prepares, approves or freezes a release of this engagement, and keeps
 * them waiting until the transaction ends: what was frozen meanwhile is seen before freezing.
 */
export async function lockReleases(trx: Transaction<Schema>, engagementId: string): Promise<void> {
	await sql`select pg_advisory_xact_lock(hashtextextended(${`release ${engagementId}`}, 0))`.execute(
		trx,
	);
}

/** Whether another release of the engagement has this address. */
export async function isSlugTaken(
	db: Kysely<Schema>,
	own: { engagementId: string; slug: string; releaseId: string },
): Promise<boolean> {
	const other = await db
		.selectFrom('release')
		.select('id')
		.where('engagement_id', '=', own.engagementId)
		.where('slug', '=', own.slug)
		.where('id', '!=', own.releaseId)
		.executeTakeFirst();
	return other !== undefined;
}

/** One release whole, with who approved it. */
export async function findRelease(
	db: Kysely<Schema>,
	key: { engagementId: string; releaseId: string },
) {
	const release = await db
		.selectFrom('release')
		.select([
			'id',
			'engagement_id',
			'slug',
			'title',
			'status',
			'window_id',
			'body',
			'body_hash',
			'audit',
			'created_by',
			'frozen_at',
			'created_at',
		])
		.where('engagement_id', '=', key.engagementId)
		.where('id', '=', key.releaseId)
		.executeTakeFirst();
	return release && { ...release, approvals: await listApprovals(db, key) };
}

/** Releases with this id, or with this address in whatever engagement, for commands. */
export async function findReleasePlaces(db: Kysely<Schema>, idOrSlug: string) {
	return await db
		.selectFrom('release as r')
		.innerJoin('engagement as e', 'e.id', 'r.engagement_id')
		.select(['r.engagement_id as engagementId', 'r.id as releaseId', 'e.slug as engagement'])
		.where((where) =>
			where.or([sql<boolean>`r.id::text = ${idOrSlug}`, where('r.slug', '=', idOrSlug)]),
		)
		.orderBy('e.slug')
		.orderBy('r.id')
		.limit(MOST_RELEASES)
		.execute();
}

/** The themes each coder put on each decided answer of a window, by key; no coder is named. */
export async function listDecisions(
	db: Kysely<Schema>,
	key: { engagementId: string; windowId: string },
): Promise<{ excerptId: string; coders: string[][] }[]> {
	const result = await sql<{ excerptId: string; coders: string[][] }>`
		select own."excerptId", jsonb_agg(own.themes order by own.themes::text) as coders
		from (
			select d.excerpt_id as "excerptId", to_jsonb(array(
				select t.key from coding c
				join theme t on t.engagement_id = c.engagement_id and t.id = c.theme_id
				where c.engagement_id = d.engagement_id and c.excerpt_id = d.excerpt_id
					and c.coder_id = d.coder_id
				order by t.key
			)) as themes
			from excerpt_decision d
			join excerpt e on e.engagement_id = d.engagement_id and e.id = d.excerpt_id
			where d.engagement_id = ${key.engagementId} and e.window_id = ${key.windowId}
				and e.source_kind = 'answer' and not e.is_non_answer
				and e.withdrawn_at is null
		) as own
		group by own."excerptId"
		order by own."excerptId"
	`.execute(db);
	return result.rows;
}

async function listApprovals(db: Kysely<Schema>, key: { engagementId: string; releaseId: string }) {
	return await db
		.selectFrom('release_approval as a')
		.innerJoin('person as p', 'p.id', 'a.person_id')
		.select(['a.person_id', 'p.name', 'a.role', 'a.body_hash', 'a.accepted', 'a.created_at'])
		.where('a.engagement_id', '=', key.engagementId)
		.where('a.release_id', '=', key.releaseId)
		.orderBy('a.created_at')
		.orderBy('a.person_id')
		.execute();
}

/** The protected tables of every frozen release of an engagement, oldest first. */
export async function listFrozenAudits(db: Kysely<Schema>, engagementId: string) {
	return await db
		.selectFrom('release')
		.select(['id', 'slug', 'audit'])
		.where('engagement_id', '=', engagementId)
		.where('status', '=', 'frozen')
		.orderBy('frozen_at')
		.orderBy('id')
		.execute();
}

/** Writes a draft anew, or for the first time; a frozen one refuses. Approvals of the old body go. */
export async function writeDraft(
	db: Kysely<Schema>,
	release: {
		engagementId: string;
		id: string;
		slug: string;
		title: string;
		windowId: string;
		body: string;
		bodyHash: string;
		audit: string;
		createdBy: string;
	},
): Promise<void> {
	const content = {
		slug: release.slug,
		title: release.title,
		window_id: release.windowId,
		body: release.body,
		body_hash: release.bodyHash,
		audit: release.audit,
		created_by: release.createdBy,
	};
	await db
		.insertInto('release')
		.values({
			engagement_id: release.engagementId,
			id: release.id,
			status: 'draft',
			frozen_at: null,
			...content,
		})
		.onConflict((conflict) => conflict.columns(['engagement_id', 'id']).doUpdateSet(content))
		.execute();
	await db
		.deleteFrom('release_approval')
		.where('engagement_id', '=', release.engagementId)
		.where('release_id', '=', release.id)
		.execute();
}

/** Notes one person's approval of exactly this body. */
export async function approve(
	db: Kysely<Schema>,
	approval: {
		engagementId: string;
		releaseId: string;
		personId: string;
		role: string;
		bodyHash: string;
		/** What the person took upon themselves, as JSON. */
		accepted: string;
	},
): Promise<void> {
	await db
		.insertInto('release_approval')
		.values({
			engagement_id: approval.engagementId,
			release_id: approval.releaseId,
			person_id: approval.personId,
			role: approval.role,
			body_hash: approval.bodyHash,
			accepted: approval.accepted,
		})
		.onConflict((conflict) =>
			conflict.columns(['engagement_id', 'release_id', 'person_id']).doUpdateSet({
				role: approval.role,
				body_hash: approval.bodyHash,
				accepted: approval.accepted,
			}),
		)
		.execute();
}

/**
 * Freezes a draft for good, if it still is the body that was approved.
 * @returns false when it was prepared anew meanwhile.
 */
export async function freeze(
	db: Kysely<Schema>,
	release: { engagementId: string; releaseId: string; bodyHash: string; at: Date },
): Promise<boolean> {
	const result = await db
		.updateTable('release')
		.set({ status: 'frozen', frozen_at: release.at })
		.where('engagement_id', '=', release.engagementId)
		.where('id', '=', release.releaseId)
		.where('status', '=', 'draft')
		.where('body_hash', '=', release.bodyHash)
		.executeTakeFirst();
	return result.numUpdatedRows === 1n;
}
