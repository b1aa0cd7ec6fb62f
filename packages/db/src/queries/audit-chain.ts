import { sql } from 'kysely';
import { createHash } from 'node:crypto';
import type { Database } from '../types.ts';

/** The newest entry of a chain. Written down elsewhere, it holds every entry up to it in place. */
export interface AuditDigest {
	position: number;
	/** SHA-256 in hexadecimal. */
	hash: string;
}

/** The first entry that does not hold, and what is wrong there. */
export interface BrokenEntry {
	position: number;
	id: string | null;
	/**
	 * `changed`: it says something else than when it was written; `missing`: there is none at this
	 * place; `replaced`: it does not continue the one before it; `unchained`: it never joined the
	 * chain; `cut_off`: the chain was longer; `other_digest`: a digest of this place says otherwise.
	 */
	why: 'changed' | 'missing' | 'replaced' | 'unchained' | 'cut_off' | 'other_digest';
}

export interface AuditVerification {
	entries: number;
	/** Of the newest entry that holds; null when there is none. */
	head: AuditDigest | null;
	broken: BrokenEntry | null;
}

interface ChainedEntry {
	id: string;
	position: number;
	previous: string;
	hash: string;
	fields: string[];
}

const BATCH = 1000;

/**
 * Hashes every entry of an engagement's record again, here and not in the database, and gives the
 * first that does not hold. Entries cut off at the end together with the head are found by a digest
 * that was kept elsewhere.
 */
export async function verifyAuditChain(
	db: Database,
	engagementId: string,
	digests: readonly AuditDigest[] = [],
): Promise<AuditVerification> {
	// Read first: what is added while this runs is beyond it.
	const head = await readAuditHead(db, engagementId);
	const kept = new Map(digests.map(({ position, hash }) => [position, hash]));
	let last: AuditDigest = { position: 0, hash: '' };
	const report = (broken: BrokenEntry | null): AuditVerification => ({
		entries: last.position,
		head: last.position === 0 ? null : last,
		broken,
	});
	for (;;) {
		const batch = await readEntries(db, engagementId, last.position);
		for (const entry of batch) {
			const why = whatIsWrong(entry, last, kept);
			if (why !== null) {
				const isMissing = why === 'missing';
				return report({ position: last.position + 1, id: isMissing ? null : entry.id, why });
			}
			last = { position: entry.position, hash: entry.hash };
		}
		if (batch.length < BATCH) {
			break;
		}
	}
	const longest = Math.max(head?.position ?? 0, ...kept.keys());
	if (longest > last.position) {
		return report({ position: last.position + 1, id: null, why: 'cut_off' });
	}
	const unchained = await findUnchained(db, engagementId);
	return report(
		unchained === null ? null : { position: last.position + 1, id: unchained, why: 'unchained' },
	);
}

/** The newest entry of an engagement's record as the database has it, or null before there is one. */
export async function readAuditHead(
	db: Database,
	engagementId: string,
): Promise<AuditDigest | null> {
	const row = await db
		.selectFrom('audit_head')
		.select(['position', 'hash'])
		.where('engagement_id', '=', engagementId)
		.executeTakeFirst();
	return row ? { position: row.position, hash: row.hash.toString('hex') } : null;
}

/** The newest entry of every engagement's record. */
export async function listAuditHeads(
	db: Database,
): Promise<(AuditDigest & { engagementId: string; slug: string; isSynthetic: boolean })[]> {
	const rows = await db
		.selectFrom('audit_head as h')
		.innerJoin('engagement as e', 'e.id', 'h.engagement_id')
		.select(['e.id', 'e.slug', 'e.is_synthetic', 'h.position', 'h.hash'])
		.orderBy('e.slug')
		.execute();
	return rows.map(({ id, slug, is_synthetic, position, hash }) => ({
		engagementId: id,
		slug,
		isSynthetic: is_synthetic,
		position,
		hash: hash.toString('hex'),
	}));
}

function whatIsWrong(
	entry: ChainedEntry,
	last: AuditDigest,
	kept: ReadonlyMap<number, string>,
): BrokenEntry['why'] | null {
	if (entry.position !== last.position + 1) {
		return 'missing';
	}
	if (entry.previous !== last.hash) {
		return 'replaced';
	}
	if (entry.hash !== hashOf(entry.fields)) {
		return 'changed';
	}
	const digest = kept.get(entry.position);
	return digest !== undefined && digest !== entry.hash ? 'other_digest' : null;
}

/** Each field with its length before it, so that no two entries read alike. */
function hashOf(fields: readonly string[]): string {
	const text = fields.map((field) => `${Buffer.byteLength(field)}:${field},`).join('');
	return createHash('sha256').update(text).digest('hex');
}

async function readEntries(
	db: Database,
	engagementId: string,
	after: number,
): Promise<ChainedEntry[]> {
	const { rows } = await sql<{
		id: string;
		position: number;
		previous: string;
		hash: string;
		person: string;
		action: string;
		target: string;
		detail: string;
		micros: string;
	}>`
		select id, position, encode(previous_hash, 'hex') as previous, encode(hash, 'hex') as hash,
			coalesce(person_id::text, '') as person, action, target, detail::text as detail,
			((extract(epoch from created_at) * 1000000)::bigint)::text as micros
		from audit_entry
		where engagement_id = ${engagementId} and position > ${after}
		order by position
		limit ${BATCH}
	`.execute(db);
	return rows.map(({ id, position, previous, hash, person, action, target, detail, micros }) => ({
		id,
		position,
		previous,
		hash,
		fields: [engagementId, String(position), previous, id, person, action, target, detail, micros],
	}));
}

async function findUnchained(db: Database, engagementId: string): Promise<string | null> {
	const row = await db
		.selectFrom('audit_entry')
		.select('id')
		.where('engagement_id', '=', engagementId)
		.where('position', 'is', null)
		.orderBy('id')
		.limit(1)
		.executeTakeFirst();
	return row?.id ?? null;
}
