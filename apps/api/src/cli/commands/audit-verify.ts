import type { AuditDigest, AuditVerification } from '@throughline/db/queries/audit-chain';
import type { Schema } from '@throughline/db/schema';
import type { Kysely } from 'kysely';
import { type Command, UsageError } from '../command.ts';

export const auditVerify: Command = {
	name: 'audit verify',
	summary: 'Check that no entry of the record of what staff did was changed or removed.',
	usage: '[--engagement SLUG] [--digest POSITION:HASH]',
	details:
		'Each entry holds the hash of the one before it; all are hashed again here, and the first entry\nthat does not hold is named. The digests of DATA_DIR/audit-digests.log are compared too, and one\nthat was kept elsewhere with --digest: only they show that entries were cut off at the end. The\nexit status is 1 when a record does not hold.',
	options: {
		engagement: { type: 'string', value: 'SLUG', words: 'Only the record of this engagement.' },
		digest: {
			type: 'string',
			value: 'POSITION:HASH',
			words: 'A digest from a mail or a page. Needs --engagement.',
		},
	},
	examples: [
		'audit verify',
		'audit verify --engagement listening-2027 --digest 41:9f86d081884c7d659a2feaa0c55ad015a3bf4f1b2b0b822cd15d6c15b0f00a08',
	],
	async run(input, io) {
		if (input.positionals.length > 0) {
			throw new UsageError('Nothing stands after the name but options.');
		}
		const slug = input.text('engagement');
		const digest = readDigest(input.text('digest'));
		if (digest !== null && slug === undefined) {
			throw new UsageError('Say of which engagement the digest is: --engagement SLUG.');
		}
		const { withDatabase } = await import('../with-database.ts');
		const records = await withDatabase(io, 'throughline audit verify', async ({ db }, config) => {
			const { verifyRecord } = await import('../../audit/verify-record.ts');
			const options = { dataDir: config.DATA_DIR, more: digest === null ? [] : [digest] };
			const verified: (AuditVerification & { engagement: string })[] = [];
			for (const found of await findEngagements(db, slug)) {
				verified.push({ engagement: found.slug, ...(await verifyRecord(db, found, options)) });
			}
			return verified;
		});
		io.print(records, records.map(wordsOf).join('\n') || 'There is no engagement.');
		if (records.some(({ broken }) => broken !== null)) {
			io.fail();
		}
	},
};

async function findEngagements(db: Kysely<Schema>, slug: string | undefined) {
	const { findEngagementBySlug } = await import('../find-engagement.ts');
	if (slug !== undefined) {
		const { id } = await findEngagementBySlug(db, slug);
		return [{ id, slug }];
	}
	return await db.selectFrom('engagement').select(['id', 'slug']).orderBy('slug').execute();
}

function readDigest(text: string | undefined): AuditDigest | null {
	if (text === undefined) {
		return null;
	}
	const [, position, hash] = /^([1-9]\d{0,14}):([0-9a-f]{64})$/i.exec(text) ?? [];
	if (position === undefined || hash === undefined) {
		throw new UsageError('A digest is a number, a colon and 64 hexadecimal digits.');
	}
	return { position: Number(position), hash: hash.toLowerCase() };
}

const reasons: Record<NonNullable<AuditVerification['broken']>['why'], string> = {
	changed: 'it does not say what it said when it was written',
	missing: 'there is no entry at this place',
	replaced: 'it does not continue the entry before it',
	unchained: 'it never joined the chain',
	cut_off: 'the record was longer, and ends before it',
	other_digest: 'a digest that was kept says otherwise',
};

function wordsOf(record: AuditVerification & { engagement: string }): string {
	const { engagement, entries, head, broken } = record;
	if (broken !== null) {
		const id = broken.id === null ? '' : ` (${broken.id})`;
		return `${engagement}: entry ${broken.position}${id} does not hold: ${reasons[broken.why]}.`;
	}
	return head === null
		? `${engagement}: no entries yet.`
		: `${engagement}: ${entries} entries hold. Digest ${head.position}:${head.hash}`;
}
