import { listRoomConsent, listRoomSeats } from '@throughline/db/queries/dialog-room';
import { findDialogSession } from '@throughline/db/queries/dialog-session';
import { listRecordings } from '@throughline/db/queries/recording';
import { listCutsOfSession, listQuietSpans } from '@throughline/db/queries/session-sound';
import type { Deps } from '../deps.ts';
import type { SessionSound } from './merge.ts';
import type { Stretch } from './timeline.ts';

/** More microphones than any room has. */
const MOST_RECORDINGS = 200;

/** Reads what copies to play are made of, as it is now. */
export async function readSessionSound(
	db: Deps['db'],
	{ engagementId, sessionId }: { engagementId: string; sessionId: string },
): Promise<SessionSound> {
	const key = { engagementId, sessionId };
	const recordings = await listRecordings(db, { ...key, limit: MOST_RECORDINGS });
	const cuts = await listCutsOfSession(db, key);
	if (recordings.length < 2) {
		return { recordings, cuts, quiet: [], refused: [], endedMs: null };
	}
	const session = await findDialogSession(db, key);
	const began = session?.started_at?.getTime();
	return {
		recordings,
		cuts,
		quiet: await listQuietSpans(db, key),
		refused: began === undefined ? [] : refusedSpans(await readSaid(db, key, began)),
		endedMs: began === undefined || !session?.ended_at ? null : session.ended_at.getTime() - began,
	};
}

/** The ledger on the session’s clock, without those who said no and left before it began. */
async function readSaid(
	db: Deps['db'],
	key: { engagementId: string; sessionId: string },
	began: number,
): Promise<Said[]> {
	const seats = await listRoomSeats(db, key);
	const left = new Set(seats.filter(({ takenAt }) => takenAt === null).map(({ id }) => id));
	const entries = await listRoomConsent(db, key);
	return entries
		.map((entry) => ({ ...entry, atMs: entry.saidAt.getTime() - began }))
		.filter(({ seatId, atMs }) => atMs >= 0 || !left.has(seatId));
}

interface Said {
	seatId: string;
	scope: string;
	source: string;
	isGiven: boolean;
	/** On the session’s clock. */
	atMs: number;
}

/**
 * When somebody had said no to being recorded: from there until the same one said yes again.
 * @param entries of the consent ledger, oldest first.
 */
export function refusedSpans(entries: readonly Said[]): Stretch[] {
	const spans: Stretch[] = [];
	const open = new Map<string, Stretch>();
	for (const { seatId, scope, source, isGiven, atMs } of entries) {
		const who = `${seatId} ${source}`;
		const running = open.get(who);
		if (scope !== 'recorded' || isGiven === (running === undefined)) {
			continue;
		}
		if (running) {
			running.endMs = atMs;
			open.delete(who);
			continue;
		}
		const span = { startMs: atMs, endMs: Infinity };
		spans.push(span);
		open.set(who, span);
	}
	return spans;
}
