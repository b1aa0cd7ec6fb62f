import { NEEDS_GUARDIAN, seatConsent } from '@throughline/analysis/dialog';
import type { Schema, TranscriptSource } from '@throughline/db/schema';
import type { Kysely } from 'kysely';

interface Key {
	engagementId: string;
	sessionId: string;
}

export interface Seat {
	id: string;
	label: string;
}

/** The seats of a session, in their order. */
export async function listSeats(db: Kysely<Schema>, key: Key): Promise<Seat[]> {
	return await db
		.selectFrom('dialog_seat')
		.select(['id', 'label'])
		.where('engagement_id', '=', key.engagementId)
		.where('session_id', '=', key.sessionId)
		.orderBy('position')
		.orderBy('id')
		.limit(200)
		.execute();
}

/**
 * Seats whose words may not be in a transcript of this kind: withdrawn, or, where it comes from
 * sound, without consent to be transcribed. Why is nobody's business.
 */
export async function seatsNotAllowed(
	db: Kysely<Schema>,
	key: Key,
	source: TranscriptSource,
): Promise<string[]> {
	const seats = await db
		.selectFrom('dialog_seat')
		.select(['id', 'withdrawn_at'])
		.where('engagement_id', '=', key.engagementId)
		.where('session_id', '=', key.sessionId)
		.orderBy('id')
		.execute();
	const lines = await db
		.selectFrom('consent_entry')
		.select(['seat_id', 'scope', 'source', 'is_given', 'said_at', 'id'])
		.where('engagement_id', '=', key.engagementId)
		.where('session_id', '=', key.sessionId)
		.orderBy('said_at')
		.orderBy('id')
		.execute();
	const bySeat = Map.groupBy(
		lines.map((line, index) => ({
			seatId: line.seat_id,
			scope: line.scope,
			source: line.source,
			isGiven: line.is_given,
			saidAt: index,
		})),
		({ seatId }) => seatId,
	);
	const isAllowed = (seatId: string) =>
		source === 'notes' ||
		seatConsent(bySeat.get(seatId) ?? [], { needsGuardian: NEEDS_GUARDIAN }).transcribed;
	return seats
		.filter(({ id, withdrawn_at }) => withdrawn_at !== null || !isAllowed(id))
		.map(({ id }) => id);
}

/** Seats that took their words back: nobody reads them in a transcript any more. */
export async function withdrawnSeats(db: Kysely<Schema>, key: Key): Promise<Set<string>> {
	const seats = await db
		.selectFrom('dialog_seat')
		.select('id')
		.where('engagement_id', '=', key.engagementId)
		.where('session_id', '=', key.sessionId)
		.where('withdrawn_at', 'is not', null)
		.orderBy('id')
		.execute();
	return new Set(seats.map(({ id }) => id));
}
