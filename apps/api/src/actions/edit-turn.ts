import { type Transcript, type TranscriptKey } from '@throughline/db/queries/transcript';
import {
	findNeighbour,
	findTurns,
	listRunOnPrompt,
	renumberTurns,
	type Turn,
} from '@throughline/db/queries/turn';
import { findEditStep, markUndone } from '@throughline/db/queries/turn-edit';
import { listNamesHidden, listRedactions } from '@throughline/db/queries/turn-redaction';
import type { Schema } from '@throughline/db/schema';
import type { Kysely } from 'kysely';
import type { Deps } from '../deps.ts';
import { AppError, notFound } from '../errors.ts';
import { needDraft } from '../transcripts/access.ts';
import { withdrawnSeats } from '../transcripts/allowed-seats.ts';
import { applyEdit, type EditContext, type TurnEdit } from '../transcripts/apply-edit.ts';
import { changeTurns, refuseChanged } from '../transcripts/change-turns.ts';
import { listNamesToHide, suggestHidden } from '../transcripts/names.ts';
import { listPrompts } from '../transcripts/prompts.ts';
import { readSnapshot, type Snapshot } from '../transcripts/snapshot.ts';
import { refuseStale } from './changed-meanwhile.ts';

/** No transcript has more turns: its file is bounded. */
const MAX_TURNS = 500_000;
/** So many names are looked for in a turn that is edited. */
const MAX_NAMES = 2000;

/** Which turn a person edits, as they saw it. */
export interface SeenTurn {
	turnId: string;
	version: number;
}

/** What an edit came to: what stands now, and what is gone. */
export interface EditOutcome {
	turnIds: string[];
	goneIds: string[];
}

/**
 * Changes one turn of a draft and writes down how to undo it.
 * @throws AppError 404, 409 `transcript_checked`, `changed_meanwhile`, `turn_in_excerpt`,
 * `turns_of_two`, `taken_back`; 422 when nothing would be left that could stand.
 */
export async function editTurn(
	deps: Pick<Deps, 'db' | 'clock' | 'random'>,
	key: TranscriptKey & { personId: string },
	{ seen, edit }: { seen: SeenTurn; edit: TurnEdit },
): Promise<EditOutcome> {
	return await deps.db.transaction().execute(async (trx) => {
		const transcript = await needDraft(trx, key);
		const turn = await seenTurn(trx, key, seen);
		await refuseTakenBack(trx, key, turn);
		if (edit.kind === 'seat') {
			await checkSpeaker(trx, key, { speaker: edit.speaker, source: transcript.source });
		}
		if (edit.kind === 'prompt') {
			await checkPrompt(trx, key, edit.promptKey);
		}
		const context = await contextOf(deps, trx, { key, transcript, turn, edit });
		const { before, after } = applyEdit(edit, context);
		await changeTurns(deps, trx, {
			key,
			transcript,
			change: { before, after, record: { kind: edit.kind, personId: key.personId } },
		});
		return outcomeOf(before, after);
	});
}

async function refuseTakenBack(
	trx: Kysely<Schema>,
	key: TranscriptKey,
	{ seatId }: Turn,
): Promise<void> {
	if (seatId !== null && (await withdrawnSeats(trx, key)).has(seatId)) {
		throw new AppError(
			'taken_back',
			409,
			'These words were taken back by the person who said them. They stay as they are.',
		);
	}
}

/**
 * Takes a person's last edit of a transcript back, or does the last one taken back again: as many
 * steps as there are, whatever was reloaded meanwhile.
 * @throws AppError 409 `nothing_to_undo`, `nothing_to_redo`, `changed_meanwhile`.
 */
export async function stepEdit(
	deps: Pick<Deps, 'db' | 'clock' | 'random'>,
	key: TranscriptKey & { personId: string },
	direction: 'undo' | 'redo',
): Promise<EditOutcome> {
	return await deps.db.transaction().execute(async (trx) => {
		const transcript = await needDraft(trx, key);
		const step = await findEditStep(trx, key, direction);
		if (!step) {
			throw direction === 'undo'
				? new AppError('nothing_to_undo', 409, 'There is nothing to undo.')
				: new AppError('nothing_to_redo', 409, 'There is nothing to redo.');
		}
		const states = [readSnapshot(step.before), readSnapshot(step.after)] as const;
		const [after, before] = direction === 'undo' ? states : [states[1], states[0]];
		await refuseChanged(trx, key, { expected: before, gone: after });
		await changeTurns(deps, trx, { key, transcript, change: { before, after, record: null } });
		await markUndone(trx, { ...key, editId: step.id, isUndone: direction === 'undo' });
		return outcomeOf(before, after);
	});
}

/**
 * A turn as it was when somebody looked at it.
 * @throws AppError 404 when it is gone, 409 `changed_meanwhile` when it is another by now.
 */
export async function seenTurn(
	db: Kysely<Schema>,
	key: TranscriptKey,
	{ turnId, version }: SeenTurn,
): Promise<Turn> {
	const [turn] = await findTurns(db, { ...key, ids: [turnId] });
	if (!turn) {
		throw notFound();
	}
	refuseStale(turn.version === version);
	return turn;
}

async function contextOf(
	deps: Pick<Deps, 'random'>,
	trx: Kysely<Schema>,
	given: { key: TranscriptKey; transcript: Transcript; turn: Turn; edit: TurnEdit },
): Promise<EditContext> {
	const { key, transcript, edit } = given;
	const [turn, positionAfter] =
		edit.kind === 'split'
			? await roomAfter(trx, key, given.turn)
			: ([given.turn, given.turn.position] as const);
	const previous =
		edit.kind === 'merge'
			? await findNeighbour(trx, { ...key, position: turn.position, side: 'before' })
			: undefined;
	const run = edit.kind === 'prompt' && edit.isFromHere ? await runFrom(trx, key, turn) : [];
	const turnIds = [turn, ...(previous ? [previous] : []), ...run].map(({ id }) => id);
	const names = edit.kind === 'text' ? await listNamesKnown(trx, key) : [];
	return {
		turn,
		previous: previous ?? null,
		run,
		redactions: await listRedactions(trx, { ...key, turnIds }),
		positionAfter,
		newId: () => deps.random.uuid7(),
		suggest: (text) => suggestHidden(text, { names, language: transcript.language }),
	};
}

/** Names to hide in a turn: those listed, and those heard anywhere in its transcript. */
async function listNamesKnown(trx: Kysely<Schema>, key: TranscriptKey): Promise<string[]> {
	const heard = await listNamesHidden(trx, { ...key, limit: MAX_NAMES });
	return [...new Set([...(await listNamesToHide(trx, key.engagementId)), ...heard])];
}

/** The turns behind one that stood on its prompt with it; words taken back stay as they are. */
async function runFrom(trx: Kysely<Schema>, key: TranscriptKey, turn: Turn): Promise<Turn[]> {
	const { position, promptKey } = turn;
	const run = await listRunOnPrompt(trx, { ...key, position, promptKey, limit: MAX_TURNS });
	const takenBack = await withdrawnSeats(trx, key);
	return run.filter(({ seatId }) => seatId === null || !takenBack.has(seatId));
}

/** @throws AppError 422 for a prompt that is neither of the guide nor of the transcript. */
async function checkPrompt(
	db: Kysely<Schema>,
	key: TranscriptKey,
	promptKey: string | null,
): Promise<void> {
	const known = await listPrompts(db, key);
	if (promptKey !== null && known.every((prompt) => prompt.key !== promptKey)) {
		throw new AppError('invalid_input', 422, 'This prompt is not of this session.', {
			fields: { promptKey: 'Choose a prompt of this session.' },
		});
	}
}

/** A place between a turn and the next; makes room where halves of halves have used it up. */
async function roomAfter(
	trx: Kysely<Schema>,
	key: TranscriptKey,
	turn: Turn,
): Promise<readonly [Turn, number]> {
	const next = await findNeighbour(trx, { ...key, position: turn.position, side: 'after' });
	const between = next ? (turn.position + next.position) / 2 : turn.position + 1;
	if (between > turn.position && (!next || between < next.position)) {
		return [turn, between];
	}
	await renumberTurns(trx, key);
	const [renumbered = turn] = await findTurns(trx, { ...key, ids: [turn.id] });
	return [renumbered, renumbered.position + 0.5];
}

/**
 * @throws AppError 422 for a seat that is not of this session, and for the room where there is
 * sound: who cannot be told apart there may not have agreed to be written down.
 */
async function checkSpeaker(
	db: Kysely<Schema>,
	key: TranscriptKey,
	{ speaker, source }: { speaker: string; source: Transcript['source'] },
): Promise<void> {
	if (speaker === 'room' && source === 'notes') {
		return;
	}
	if (speaker === 'facilitator' || speaker === 'nobody' || speaker === '') {
		return;
	}
	const seat =
		speaker === 'room'
			? undefined
			: await db
					.selectFrom('dialog_seat')
					.select('id')
					.where('engagement_id', '=', key.engagementId)
					.where('session_id', '=', key.sessionId)
					.where('id', '=', speaker)
					.executeTakeFirst();
	if (!seat) {
		throw new AppError('invalid_input', 422, 'This seat is not of this session.', {
			fields: { speaker: 'Choose a seat of this session.' },
		});
	}
}

function outcomeOf(before: Snapshot, after: Snapshot): EditOutcome {
	const kept = new Set(after.turns.map(({ id }) => id));
	const turnIds = [...after.turns, ...after.redactions.map(({ turnId: id }) => ({ id }))];
	return {
		turnIds: [...new Set(turnIds.map(({ id }) => id))],
		goneIds: before.turns.map(({ id }) => id).filter((id) => !kept.has(id)),
	};
}
