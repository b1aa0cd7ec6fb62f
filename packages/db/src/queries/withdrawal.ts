import { sql } from 'kysely';
import type { ConsentScope } from '../schema.ts';
import type { Database } from '../types.ts';

export interface SeatKey {
	engagementId: string;
	sessionId: string;
	seatId: string;
}

/** A code is short and drawn at random: two sessions may have the same, more do not. */
const MOST_SESSIONS = 5;

/** The sessions a code on a slip names, in whatever engagement. */
export async function findSessionsByCode(
	db: Database,
	code: string,
): Promise<{ engagementId: string; sessionId: string }[]> {
	return await db
		.selectFrom('dialog_session')
		.select(['engagement_id as engagementId', 'id as sessionId'])
		.where(sql<string>`upper(replace(slip_code, '-', ''))`, '=', code)
		.orderBy('id')
		.limit(MOST_SESSIONS)
		.execute();
}

/** The seat whose slip hashes to one of these, each the slip's hash under that session; or undefined. */
export async function findSeatBySlip(
	db: Database,
	candidates: readonly { sessionId: string; hash: Buffer }[],
): Promise<SeatKey | undefined> {
	return await db
		.selectFrom('dialog_seat')
		.select(['engagement_id as engagementId', 'session_id as sessionId', 'id as seatId'])
		.where((where) =>
			where.or(
				candidates.map(({ sessionId, hash }) =>
					where.and({ session_id: sessionId, slip_hash: hash }),
				),
			),
		)
		.orderBy('id')
		.limit(1)
		.executeTakeFirst();
}

/** Keeps a seat as it is until the transaction ends. Returns false when there is none. */
export async function lockSeat(db: Database, key: SeatKey): Promise<boolean> {
	const row = await db
		.selectFrom('dialog_seat')
		.select('id')
		.where('engagement_id', '=', key.engagementId)
		.where('session_id', '=', key.sessionId)
		.where('id', '=', key.seatId)
		.forUpdate()
		.executeTakeFirst();
	return row !== undefined;
}

/** Scopes a seat has withdrawn already. */
export async function listWithdrawnScopes(db: Database, key: SeatKey): Promise<ConsentScope[]> {
	const rows = await db
		.selectFrom('consent_entry')
		.select('scope')
		.distinct()
		.where('engagement_id', '=', key.engagementId)
		.where('seat_id', '=', key.seatId)
		.where('source', '=', 'withdrawal')
		.orderBy('scope')
		.execute();
	return rows.map(({ scope }) => scope);
}

/** Adds withdrawals to the ledger, with the words that were read. */
export async function addWithdrawals(
	db: Database,
	key: SeatKey,
	withdrawal: {
		lines: readonly { id: string; scope: ConsentScope }[];
		language: string;
		words: string;
		wordsHash: string;
		witnessId: string | null;
		at: Date;
	},
): Promise<void> {
	const { lines, language, words, wordsHash, witnessId, at } = withdrawal;
	if (lines.length === 0) {
		return;
	}
	await db
		.insertInto('consent_words')
		.values({ engagement_id: key.engagementId, words_hash: wordsHash, language, words })
		.onConflict((conflict) => conflict.doNothing())
		.execute();
	await db
		.insertInto('consent_entry')
		.values(
			lines.map(({ id, scope }) => ({
				engagement_id: key.engagementId,
				id,
				session_id: key.sessionId,
				seat_id: key.seatId,
				scope,
				source: 'withdrawal' as const,
				is_given: false,
				language,
				words_hash: wordsHash,
				witness_id: witnessId,
				said_at: at,
			})),
		)
		.execute();
}

/** The excerpts that hold words of a seat. */
export async function listExcerptsOfSeat(db: Database, key: SeatKey): Promise<string[]> {
	const rows = await db
		.selectFrom('turn_span_seat as s')
		.innerJoin('excerpt as e', (join) =>
			join.onRef('e.engagement_id', '=', 's.engagement_id').onRef('e.source_id', '=', 's.span_id'),
		)
		.select('e.id')
		.where('s.engagement_id', '=', key.engagementId)
		.where('s.seat_id', '=', key.seatId)
		.where('e.source_kind', '=', 'turn')
		.orderBy('e.id')
		.execute();
	return rows.map(({ id }) => id);
}

/** The excerpts of a session whose words may be a seat's as well as anybody's there. */
export async function listExcerptsOfRoom(
	db: Database,
	key: Pick<SeatKey, 'engagementId' | 'sessionId'>,
): Promise<string[]> {
	const rows = await db
		.selectFrom('turn_span as s')
		.innerJoin('excerpt as e', (join) =>
			join.onRef('e.engagement_id', '=', 's.engagement_id').onRef('e.source_id', '=', 's.id'),
		)
		.select('e.id')
		.where('s.engagement_id', '=', key.engagementId)
		.where('s.session_id', '=', key.sessionId)
		.where('s.is_rooms', '=', true)
		.where('e.source_kind', '=', 'turn')
		.orderBy('e.id')
		.execute();
	return rows.map(({ id }) => id);
}

/** Takes a seat's notes out of sight and marks it as withdrawn. Doing it again changes nothing. */
export async function withdrawSeat(db: Database, key: SeatKey, at: Date): Promise<void> {
	await db
		.updateTable('dialog_seat')
		.set({ withdrawn_at: at })
		.where('engagement_id', '=', key.engagementId)
		.where('id', '=', key.seatId)
		.where('withdrawn_at', 'is', null)
		.execute();
	await db
		.updateTable('dialog_note')
		.set({ deleted_at: at })
		.where('engagement_id', '=', key.engagementId)
		.where('seat_id', '=', key.seatId)
		.where('deleted_at', 'is', null)
		.execute();
}

/** Takes excerpts out of coding, counting and quoting. */
export async function withdrawExcerpts(
	db: Database,
	engagementId: string,
	{ excerptIds, at }: { excerptIds: readonly string[]; at: Date },
): Promise<void> {
	if (excerptIds.length === 0) {
		return;
	}
	await db
		.updateTable('excerpt')
		.set({ withdrawn_at: at })
		.where('engagement_id', '=', engagementId)
		.where('id', 'in', [...excerptIds])
		.where('withdrawn_at', 'is', null)
		.execute();
}

/** Withdraws every quote of these excerpts and says which there are, withdrawn before or not. */
export async function withdrawQuotesOf(
	db: Database,
	engagementId: string,
	{ excerptIds, at }: { excerptIds: readonly string[]; at: Date },
): Promise<{ id: string; excerptId: string }[]> {
	if (excerptIds.length === 0) {
		return [];
	}
	await db
		.updateTable('quote')
		.set({ withdrawn_at: at })
		.where('engagement_id', '=', engagementId)
		.where('excerpt_id', 'in', [...excerptIds])
		.where('withdrawn_at', 'is', null)
		.execute();
	return await db
		.selectFrom('quote')
		.select(['id', 'excerpt_id as excerptId'])
		.where('engagement_id', '=', engagementId)
		.where('excerpt_id', 'in', [...excerptIds])
		.orderBy('id')
		.execute();
}

/** The seats of a session by label, and who took everything back. */
export async function listSeatChoices(
	db: Database,
	key: { engagementId: string; sessionId: string },
): Promise<{ id: string; label: string; isWithdrawn: boolean }[]> {
	return await db
		.selectFrom('dialog_seat')
		.select(['id', 'label'])
		.select(sql<boolean>`withdrawn_at is not null`.as('isWithdrawn'))
		.where('engagement_id', '=', key.engagementId)
		.where('session_id', '=', key.sessionId)
		.orderBy('position')
		.orderBy('id')
		.execute();
}
