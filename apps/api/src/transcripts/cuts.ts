import { findTurns, type TurnState } from '@throughline/db/queries/turn';
import type { RedactionState } from '@throughline/db/queries/turn-redaction';
import type { Schema } from '@throughline/db/schema';
import type { Kysely } from 'kysely';
import type { Random } from '../deps.ts';
import { timeAt } from './render-span.ts';

/** Silenced beyond a hidden word on each side: where it is said is known only about. */
const MARGIN_MS = 400;
/** The longer a turn, the less its words are where they are reckoned to be. */
const MARGIN_SHARE = 0.05;

/**
 * When hidden words are heard, on the session's clock: the turn's time shared out by its letters,
 * with a margin. The whole turn where it has no length.
 */
export function cutOf(
	turn: Pick<TurnState, 'text' | 'startMs' | 'endMs'>,
	redaction: Pick<RedactionState, 'start' | 'end'>,
): { startMs: number; endMs: number } {
	const length = turn.endMs - turn.startMs;
	if (length === 0) {
		return { startMs: turn.startMs, endMs: turn.startMs + MARGIN_MS };
	}
	const margin = MARGIN_MS + Math.round(length * MARGIN_SHARE);
	return {
		startMs: Math.max(0, timeAt(turn, redaction.start) - margin),
		endMs: timeAt(turn, redaction.end) + margin,
	};
}

interface Key {
	engagementId: string;
	transcriptId: string;
}

/** Silences the recording where accepted redactions are heard, and nowhere else any more. */
export async function silenceRedactions(
	db: Kysely<Schema>,
	key: Key & { recordingId: string | null },
	change: { random: Random; goneIds: readonly string[]; redactions: readonly RedactionState[] },
): Promise<void> {
	const ids = [...change.goneIds, ...change.redactions.map(({ id }) => id)];
	const { recordingId } = key;
	if (recordingId === null || ids.length === 0) {
		return;
	}
	const recording = await db
		.selectFrom('recording')
		.select(['offset_ms', 'duration_ms'])
		.where('engagement_id', '=', key.engagementId)
		.where('id', '=', recordingId)
		.executeTakeFirst();
	if (!recording) {
		return;
	}
	for (let start = 0; start < ids.length; start += 1000) {
		await db
			.deleteFrom('recording_cut')
			.where('engagement_id', '=', key.engagementId)
			.where('recording_id', '=', recordingId)
			.where('redaction_id', 'in', ids.slice(start, start + 1000))
			.execute();
	}
	const accepted = change.redactions.filter(({ status }) => status === 'accepted');
	const turnIds = [...new Set(accepted.map(({ turnId }) => turnId))];
	const turns = new Map(
		(await findTurns(db, { ...key, ids: turnIds })).map((turn) => [turn.id, turn]),
	);
	const cuts = accepted.flatMap((redaction) => {
		const turn = turns.get(redaction.turnId);
		const cut = turn && cutOf(turn, redaction);
		const from = Math.max(0, (cut?.startMs ?? 0) - recording.offset_ms);
		const to = (cut?.endMs ?? 0) - recording.offset_ms;
		return to <= from
			? []
			: [
					{
						engagement_id: key.engagementId,
						id: change.random.uuid7(),
						recording_id: recordingId,
						start_ms: from,
						end_ms: to,
						reason: 'redacted' as const,
						redaction_id: redaction.id,
					},
				];
	});
	for (let start = 0; start < cuts.length; start += 1000) {
		await db
			.insertInto('recording_cut')
			.values(cuts.slice(start, start + 1000))
			.execute();
	}
}
