import {
	type AuditDigest,
	type AuditVerification,
	verifyAuditChain,
} from '@throughline/db/queries/audit-chain';
import type { Schema } from '@throughline/db/schema';
import type { Kysely } from 'kysely';
import { readDigests } from './digest-file.ts';

/**
 * Verifies the record of an engagement, also by the digests of it that were kept outside the
 * database.
 * @param options.more digests from elsewhere: a mail, a piece of paper.
 */
export async function verifyRecord(
	db: Kysely<Schema>,
	engagement: { id: string; slug: string },
	options: { dataDir: string; more?: readonly AuditDigest[] },
): Promise<AuditVerification> {
	const kept = await readDigests(options.dataDir);
	const own = kept.filter((digest) => digest.engagement === engagement.slug);
	return await verifyAuditChain(db, engagement.id, [...own, ...(options.more ?? [])]);
}
