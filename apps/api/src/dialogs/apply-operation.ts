import { NEEDS_GUARDIAN, recordingMode } from '@throughline/analysis/dialog';
import {
	areWordsKnown,
	insertConsent,
	keepConsentWords,
} from '@throughline/db/queries/dialog-consent';
import {
	eraseNote,
	eraseNotesIn,
	listDeletedSpans,
	writeNote,
} from '@throughline/db/queries/dialog-note';
import { hasSeat, listRoomConsent, listRoomSeats } from '@throughline/db/queries/dialog-room';
import {
	findSeatAt,
	insertEvent,
	insertOperation,
	isNewestOf,
	lockSession,
	markGate,
	seatSomebody,
	type SessionKey,
	writeCount,
	writeEnd,
	writeParticipants,
	writeRecordingMode,
	writeSessionText,
	writeStart,
} from '@throughline/db/queries/dialog-sync';
import type { Deps } from '../deps.ts';
import { AppError } from '../errors.ts';
import { type Operation, type OperationOf, registerOf } from './operation.ts';
import { findConsentLine } from './consent-words.ts';
import { cutDeleted } from './cut-deleted.ts';
import { raiseFlag } from './raise-flag.ts';
import { seatLabel } from './seat-label.ts';
import { spareSeatPosition } from './seats.ts';

type Trx = Deps['db'];

/** The room an operation was made in, and who brought it. */
export interface Bringer extends SessionKey {
	personId: string;
	deviceId: string;
	now: Date;
}

/**
 * Applies one operation, once, whatever came before it and however often it comes. What happened
 * in the room happened: only what cannot be stored is refused.
 * @throws AppError with words for the tablet; nothing was changed then.
 */
export async function applyOperation(
	deps: Pick<Deps, 'db' | 'keys' | 'random'>,
	bringer: Bringer,
	operation: Operation,
): Promise<{ flagFor: string | null }> {
	return await deps.db.transaction().execute(async (trx) => {
		const session = await lockSession(trx, bringer);
		if (session?.status === 'cancelled') {
			throw new AppError('session_cancelled', 409, 'This session was cancelled.');
		}
		const register = registerOf(operation);
		const saidAt = new Date(operation.at);
		const { id } = operation;
		const arrival = { id, register, saidAt, deviceId: bringer.deviceId };
		if (!(await insertOperation(trx, bringer, arrival))) {
			return { flagFor: null };
		}
		if (operation.type === 'safety') {
			return { flagFor: await raiseFlag({ ...deps, db: trx }, bringer, operation) };
		}
		if (await isNewestOf(trx, bringer, arrival)) {
			await write(trx, bringer, operation);
		}
		if (['seat', 'consent', 'start'].includes(operation.type)) {
			await settleMode(trx, bringer);
		}
		return { flagFor: null };
	});
}

async function write(
	trx: Trx,
	bringer: Bringer,
	operation: Exclude<Operation, { type: 'safety' }>,
): Promise<void> {
	const { now } = bringer;
	const at = new Date(operation.at);
	switch (operation.type) {
		case 'seat':
			return await writeSeat(trx, bringer, operation);
		case 'consent':
			return await writeConsent(trx, bringer, operation);
		case 'count': {
			const { attribute, value, n } = operation;
			return await writeCount(trx, bringer, { attribute, value, n });
		}
		case 'note':
			return await putNote(trx, bringer, operation);
		case 'note_deleted':
			return await eraseNote(trx, bringer, { id: operation.noteId, now });
		case 'event':
			return await writeEvent(trx, bringer, operation);
		case 'agreements':
		case 'deviations':
			return await writeSessionText(trx, bringer, {
				field: operation.type,
				text: operation.text,
				now,
			});
		case 'gate':
			return await markGate(trx, bringer, {
				step: operation.step,
				personId: bringer.personId,
				at,
			});
		case 'participants':
			return await writeParticipants(trx, bringer, { participants: operation.n, now });
		case 'start':
			return await writeStart(trx, bringer, { at, now });
		case 'end':
			return await writeEnd(trx, bringer, { at, now });
	}
}

async function writeSeat(trx: Trx, bringer: Bringer, operation: OperationOf<'seat'>) {
	const { seatId, position, isTaken } = operation;
	const there = await findSeatAt(trx, bringer, position);
	if (there !== undefined && there !== seatId) {
		throw new AppError('seat_taken', 409, 'Another seat has this place. Load the session again.');
	}
	await seatSomebody(trx, bringer, {
		id: seatId,
		label: seatLabel(position),
		position,
		takenAt: isTaken ? new Date(operation.at) : null,
	});
}

async function writeConsent(trx: Trx, bringer: Bringer, operation: OperationOf<'consent'>) {
	const { id, seatId, scope, source, isGiven, language, wordsHash } = operation;
	const { engagementId } = bringer;
	await checkSeat(trx, bringer, seatId);
	const line = findConsentLine({ scope, source, language, hash: wordsHash });
	if (line) {
		await keepConsentWords(trx, { engagementId, hash: wordsHash, language, text: line.words });
	} else if (!(await areWordsKnown(trx, { engagementId, hash: wordsHash, language }))) {
		throw new AppError(
			'consent_words_unknown',
			422,
			'Nobody knows the words this rests on. Load the session again and read the new words.',
		);
	}
	await insertConsent(trx, bringer, {
		id,
		seatId,
		scope,
		source,
		isGiven,
		language,
		wordsHash,
		witnessId: bringer.personId,
		saidAt: new Date(operation.at),
	});
}

async function putNote(trx: Trx, bringer: Bringer, operation: OperationOf<'note'>) {
	await checkSeat(trx, bringer, operation.seatId);
	const spans = await listDeletedSpans(trx, bringer);
	const isDeleted = spans.some(
		(span) =>
			operation.atMs >= span.startMs &&
			operation.atMs <= span.endMs &&
			(span.tableNo === null || span.tableNo === operation.tableNo),
	);
	if (isDeleted) {
		return await eraseNote(trx, bringer, { id: operation.noteId, now: bringer.now });
	}
	const { noteId: id, promptKey, seatId, tableNo, atMs, text, isExact, language } = operation;
	await writeNote(trx, bringer, {
		id,
		promptKey,
		seatId,
		tableNo,
		atMs,
		text,
		isExact,
		language,
	});
}

async function writeEvent(trx: Trx, bringer: Bringer, operation: OperationOf<'event'>) {
	await checkSeat(trx, bringer, operation.seatId);
	await insertEvent(trx, bringer, operation);
	if (operation.kind === 'deleted') {
		const { startMs, tableNo } = operation;
		const span = { startMs, endMs: operation.endMs ?? startMs, tableNo };
		await eraseNotesIn(trx, bringer, { span, now: bringer.now });
		await cutDeleted(trx, bringer);
	}
}

/** Makes a spare seat of the kit real the first time it is named. */
async function checkSeat(trx: Trx, bringer: Bringer, seatId: string | null): Promise<void> {
	if (seatId === null || (await hasSeat(trx, bringer, seatId))) {
		return;
	}
	const position = spareSeatPosition(bringer.sessionId, seatId);
	if (position === null || (await findSeatAt(trx, bringer, position)) !== undefined) {
		throw new AppError('seat_unknown', 409, 'This seat is not in the session. Load it again.');
	}
	const label = seatLabel(position);
	await seatSomebody(trx, bringer, { id: seatId, label, position, takenAt: null });
}

/** Works out from plan, seats and ledger whether sound may be recorded; once the session began. */
async function settleMode(trx: Trx, bringer: Bringer): Promise<void> {
	const session = await lockSession(trx, bringer);
	if (!session?.startedAt) {
		return;
	}
	const seats = await listRoomSeats(trx, bringer);
	const ledger = await listRoomConsent(trx, bringer);
	const mode = recordingMode({
		plan: session.recordingPlan,
		seatIds: seats.filter(({ takenAt }) => takenAt !== null).map(({ id }) => id),
		entries: ledger.map((entry) => ({ ...entry, saidAt: entry.saidAt.getTime() })),
		needsGuardian: NEEDS_GUARDIAN,
	});
	await writeRecordingMode(trx, bringer, { mode, now: bringer.now });
}
