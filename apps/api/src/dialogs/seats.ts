import { v5 } from 'uuid';

/** A session has no more seats than this. */
export const MAX_SEATS = 200;

/**
 * The id of a seat nobody has set up yet. It follows from its place, so that two tablets that put
 * somebody there without a network mean the same seat.
 */
export function spareSeatId(sessionId: string, position: number): string {
	return v5(`seat:${position}`, sessionId);
}

/** Where a spare seat stands; null for an id that is none of this session. */
export function spareSeatPosition(sessionId: string, seatId: string): number | null {
	for (let position = 1; position <= MAX_SEATS; position += 1) {
		if (spareSeatId(sessionId, position) === seatId) {
			return position;
		}
	}
	return null;
}
