import { CONSENT_SCOPES, type ConsentScope, recordingMode } from '@throughline/analysis/dialog';
import type { RoomKit } from '@throughline/api/client';
import type { LedgerLine, Room } from './room.ts';

/** What a seat's chip shows: said yes, said no, or not asked. */
export type Said = 'yes' | 'no' | 'not_asked';

/** The newest word of one person about one scope. */
export function lastSaid(
	ledger: readonly LedgerLine[],
	of: { seatId: string; scope: ConsentScope; source: 'guardian' | 'student' },
): Said {
	const said = ledger
		.filter(
			(line) => line.seatId === of.seatId && line.scope === of.scope && line.source === of.source,
		)
		.reduce<LedgerLine | null>(
			(newest, line) => (newest === null || line.saidAt >= newest.saidAt ? line : newest),
			null,
		);
	if (said === null) {
		return 'not_asked';
	}
	return said.isGiven ? 'yes' : 'no';
}

/** Whether a student was asked about everything: what they said does not matter here. */
export function wasAsked(ledger: readonly LedgerLine[], seatId: string): boolean {
	return CONSENT_SCOPES.every(
		(scope) => lastSaid(ledger, { seatId, scope, source: 'student' }) !== 'not_asked',
	);
}

/** How the session is captured, by plan and ledger. Whose word decided it is not told. */
export function modeOf(room: Room, kit: RoomKit): 'audio' | 'notes_only' {
	return recordingMode({
		plan: kit.session.recordingPlan,
		seatIds: room.seats.filter(({ isTaken }) => isTaken).map(({ id }) => id),
		entries: room.ledger,
		needsGuardian: kit.rules.needsGuardian,
	});
}

export interface StartCheck {
	key: 'gates' | 'read_aloud' | 'all_asked' | 'somebody';
	isMet: boolean;
}

/** What has to be true before a session begins; a missing one needs a reason. */
export function startChecks(room: Room, kit: RoomKit): StartCheck[] {
	const taken = room.seats.filter(({ isTaken }) => isTaken);
	const asked = taken.filter(({ id }) => wasAsked(room.ledger, id));
	const open = kit.gates.filter(({ step, blocksStart }) => blocksStart && !room.gates[step]);
	return [
		{ key: 'gates', isMet: open.length === 0 },
		{ key: 'read_aloud', isMet: room.isReadAloud },
		{ key: 'somebody', isMet: taken.length > 0 },
		{ key: 'all_asked', isMet: room.present === asked.length && asked.length === taken.length },
	];
}
