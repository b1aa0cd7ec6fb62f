import type { ConsentScope } from '../schema.ts';
import type { Database } from '../types.ts';
import type { SessionKey } from './dialog-sync.ts';

/** Adds a line to the consent ledger. */
export async function insertConsent(
	db: Database,
	key: SessionKey,
	entry: {
		id: string;
		seatId: string;
		scope: ConsentScope;
		source: 'guardian' | 'student';
		isGiven: boolean;
		language: string;
		wordsHash: string;
		witnessId: string;
		saidAt: Date;
	},
): Promise<void> {
	await db
		.insertInto('consent_entry')
		.values({
			engagement_id: key.engagementId,
			id: entry.id,
			session_id: key.sessionId,
			seat_id: entry.seatId,
			scope: entry.scope,
			source: entry.source,
			is_given: entry.isGiven,
			language: entry.language,
			words_hash: entry.wordsHash,
			witness_id: entry.witnessId,
			said_at: entry.saidAt,
		})
		.execute();
}

/** Keeps the words an entry rests on. */
export async function keepConsentWords(
	db: Database,
	words: { engagementId: string; hash: string; language: string; text: string },
): Promise<void> {
	await db
		.insertInto('consent_words')
		.values({
			engagement_id: words.engagementId,
			words_hash: words.hash,
			language: words.language,
			words: words.text,
		})
		.onConflict((conflict) => conflict.columns(['engagement_id', 'words_hash']).doNothing())
		.execute();
}

/** Whether these words were kept before: an entry may rest on those of an older version. */
export async function areWordsKnown(
	db: Database,
	key: { engagementId: string; hash: string; language: string },
): Promise<boolean> {
	const row = await db
		.selectFrom('consent_words')
		.select('words_hash')
		.where('engagement_id', '=', key.engagementId)
		.where('words_hash', '=', key.hash)
		.where('language', '=', key.language)
		.executeTakeFirst();
	return row !== undefined;
}
