import type { ConsentScope } from '@throughline/analysis/dialog';
import type { Operation, RoomKit } from '@throughline/api/client';
import type { Room } from './room.ts';

/** An operation without what every one gets: its id and its time. */
export type Said = Operation extends infer Each
	? Each extends Operation
		? Omit<Each, 'id' | 'at'>
		: never
	: never;

/** Milliseconds as the API takes times. */
export function isoOf(ms: number): string {
	return new Date(ms).toISOString();
}

export interface ConsentLine {
	seatId: string;
	scope: ConsentScope;
	source: 'guardian' | 'student';
	isGiven: boolean;
}

/** A line of the ledger on the very words that were read: none where the kit has no such words. */
export function consentSaid(kit: RoomKit, language: string, line: ConsentLine): Said[] {
	const words = kit.consent.find((each) => each.language === language) ?? kit.consent[0];
	const found = words?.lines.find(
		({ scope, source }) => scope === line.scope && source === line.source,
	);
	return words && found
		? [{ type: 'consent', ...line, language: words.language, wordsHash: found.hash }]
		: [];
}

interface Place {
	seatId: string;
	position: number;
}

/** The first so many seats; the kit has some to spare. */
export function seatsFor(room: Room, count: number): Place[] {
	return room.seats.slice(0, count).map(({ id, position }) => ({ seatId: id, position }));
}

/** What has to be said so that these seats are taken and no others. */
export function takeSeats(room: Room, seats: readonly Place[]): Said[] {
	const wanted = new Set(seats.map(({ seatId }) => seatId));
	const taken = new Set(room.seats.filter(({ isTaken }) => isTaken).map(({ id }) => id));
	const say = (seatId: string, position: number, isTaken: boolean): Said => ({
		type: 'seat',
		seatId,
		position,
		isTaken,
	});
	return [
		...room.seats
			.filter(({ id }) => taken.has(id) && !wanted.has(id))
			.map(({ id, position }) => say(id, position, false)),
		...seats
			.filter(({ seatId }) => !taken.has(seatId))
			.map(({ seatId, position }) => say(seatId, position, true)),
	];
}

/** A stretch of the session's clock: a prompt, somebody speaking, a pause, what is deleted. */
export function stretchSaid(
	kind: Extract<Operation, { type: 'event' }>['kind'],
	times: { startMs: number; endMs: number },
	about: { promptKey: string | null; tableNo: number | null; seatId?: string | null },
): Said {
	const { startMs, endMs } = times;
	const { promptKey, tableNo, seatId = null } = about;
	const place = { startMs, endMs: Math.max(startMs, endMs), promptKey, seatId, tableNo };
	return { type: 'event', kind, ...place, reason: '' };
}
