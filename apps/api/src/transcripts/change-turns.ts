import {
	bumpTranscript,
	type Transcript,
	type TranscriptKey,
} from '@throughline/db/queries/transcript';
import { deleteTurns, findTurns, insertTurns, updateTurns } from '@throughline/db/queries/turn';
import { type EditKind, insertEdit } from '@throughline/db/queries/turn-edit';
import {
	deleteRedactions,
	listRedactions,
	putRedactions,
	type RedactionState,
} from '@throughline/db/queries/turn-redaction';
import type { Schema } from '@throughline/db/schema';
import type { Kysely } from 'kysely';
import { refuseStale } from '../actions/changed-meanwhile.ts';
import type { Deps } from '../deps.ts';
import { holdExcerpts } from './excerpts-hold.ts';
import { isSameSnapshot, type Snapshot } from './snapshot.ts';
import { silenceRedactions } from './cuts.ts';

interface Change {
	before: Snapshot;
	after: Snapshot;
	/** What is written down of it; null for a step back or forth, which is written down already. */
	record: { kind: EditKind; personId: string } | null;
}

/**
 * Puts one state of some turns and their redactions in place of another, in a transaction that
 * holds the transcript: turns, redactions, what is silenced, and the way back.
 * @throws AppError 409 `turn_in_excerpt`.
 */
export async function changeTurns(
	{ random, clock }: Pick<Deps, 'random' | 'clock'>,
	db: Kysely<Schema>,
	{ key, transcript, change }: { key: TranscriptKey; transcript: Transcript; change: Change },
): Promise<void> {
	const { before, after, record } = change;
	const excerpts = await holdExcerpts(db, key, { before, after });
	const version = await bumpTranscript(db, key, clock());
	const goneTurns = missingIn(before.turns, after.turns);
	const goneRedactions = missingIn(before.redactions, after.redactions);
	await deleteRedactions(db, { ...key, ids: goneRedactions });
	await deleteTurns(db, { ...key, ids: goneTurns });
	const known = new Set(before.turns.map(({ id }) => id));
	await insertTurns(db, key, { version, turns: after.turns.filter(({ id }) => !known.has(id)) });
	await updateTurns(db, key, { version, turns: after.turns.filter(({ id }) => known.has(id)) });
	await putRedactions(db, key, after.redactions);
	await silenceRedactions(
		db,
		{ ...key, recordingId: transcript.recordingId },
		{ random, goneIds: goneRedactions, redactions: after.redactions },
	);
	await excerpts.settle();
	if (record) {
		await insertEdit(
			db,
			{ ...key, personId: record.personId },
			{ id: random.uuid7(), kind: record.kind, before, after },
		);
	}
}

/**
 * Refuses a step back or forth over what somebody else changed since.
 * @throws AppError 409 `changed_meanwhile`.
 */
export async function refuseChanged(
	db: Kysely<Schema>,
	key: TranscriptKey,
	{ expected, gone }: { expected: Snapshot; gone: Snapshot },
): Promise<void> {
	const ids = expected.turns.map(({ id }) => id);
	const missing = missingIn(gone.turns, expected.turns);
	const turns = await findTurns(db, { ...key, ids: [...ids, ...missing] });
	const redactions = await redactionsOf(db, key, expected);
	refuseStale(isSameSnapshot({ turns, redactions }, expected));
}

async function redactionsOf(
	db: Kysely<Schema>,
	key: TranscriptKey,
	{ turns, redactions }: Snapshot,
): Promise<RedactionState[]> {
	const own = new Set(turns.map(({ id }) => id));
	const ids = new Set(redactions.map(({ id }) => id));
	const turnIds = new Set([...own, ...redactions.map(({ turnId }) => turnId)]);
	const found = await listRedactions(db, { ...key, turnIds: [...turnIds] });
	return found.filter(({ id, turnId }) => own.has(turnId) || ids.has(id));
}

function missingIn(these: readonly { id: string }[], others: readonly { id: string }[]): string[] {
	const kept = new Set(others.map(({ id }) => id));
	return these.map(({ id }) => id).filter((id) => !kept.has(id));
}
