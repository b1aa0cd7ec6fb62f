import type { TranscriptKey } from '@throughline/db/queries/transcript';
import {
	findRedaction,
	listRedactions,
	listSameWords,
	type RedactionState,
} from '@throughline/db/queries/turn-redaction';
import { lockTranscript } from '@throughline/db/queries/transcript';
import { writeAuditEntry } from '@throughline/db/queries/audit-entry';
import type { Schema } from '@throughline/db/schema';
import type { Kysely } from 'kysely';
import type { Deps } from '../deps.ts';
import { AppError, notFound } from '../errors.ts';
import { needDraft } from '../transcripts/access.ts';
import { changeTurns } from '../transcripts/change-turns.ts';
import { type SeenTurn, seenTurn } from './edit-turn.ts';

type Decided = 'accepted' | 'rejected';
type Key = TranscriptKey & { personId: string };

/** Of one word no more are decided at once. */
const MAX_SAME = 2000;

/**
 * Hides a suggested span, or leaves it as it is; undone as any other edit.
 * @returns the turns it was about.
 */
export async function decideRedaction(
	deps: Pick<Deps, 'db' | 'clock' | 'random'>,
	key: Key & { redactionId: string },
	{ status, isForAll }: { status: Decided; isForAll: boolean },
): Promise<string[]> {
	return await deps.db.transaction().execute(async (trx) => {
		const transcript = await needDraft(trx, key);
		const redaction = await findRedaction(trx, key);
		if (!redaction) {
			throw notFound();
		}
		const same = isForAll ? await listSameWords(trx, { ...key, redaction, limit: MAX_SAME }) : [];
		const all = [redaction, ...same.filter(({ id }) => id !== redaction.id)];
		const before = { turns: [], redactions: all.filter((each) => each.status !== status) };
		const after = { turns: [], redactions: before.redactions.map(decide(deps, key, status)) };
		if (after.redactions.length > 0) {
			await changeTurns(deps, trx, {
				key,
				transcript,
				change: { before, after, record: { kind: 'redaction', personId: key.personId } },
			});
		}
		return [...new Set(all.map(({ turnId }) => turnId))];
	});
}

/**
 * Hides words of a turn that nobody suggested.
 * @throws AppError 409 `already_hidden` where hidden words are among them.
 */
export async function addRedaction(
	deps: Pick<Deps, 'db' | 'clock' | 'random'>,
	key: Key,
	{ seen, span }: { seen: SeenTurn; span: { start: number; end: number; kind: string } },
): Promise<string[]> {
	return await deps.db.transaction().execute(async (trx) => {
		const transcript = await needDraft(trx, key);
		const turn = await seenTurn(trx, key, seen);
		if (span.end > [...turn.text].length || span.end <= span.start) {
			throw new AppError('invalid_input', 422, 'Select the words to hide.', {
				fields: { end: 'This is beyond the words of the turn.' },
			});
		}
		const over = await overlapping(trx, key, { turnId: turn.id, span });
		if (over.some(({ status }) => status === 'accepted')) {
			throw new AppError('already_hidden', 409, 'Some of these words are hidden already.');
		}
		const added: RedactionState = {
			id: deps.random.uuid7(),
			turnId: turn.id,
			...span,
			source: 'by_hand',
			status: 'accepted',
			decidedBy: key.personId,
			decidedAt: deps.clock().toISOString(),
		};
		// What was suggested inside it is decided by it.
		const inside = over.filter(
			({ status, start, end }) => status === 'suggested' && start >= span.start && end <= span.end,
		);
		await changeTurns(deps, trx, {
			key,
			transcript,
			change: {
				before: { turns: [], redactions: inside },
				after: { turns: [], redactions: [...inside.map(decide(deps, key, 'rejected')), added] },
				record: { kind: 'redaction', personId: key.personId },
			},
		});
		return [turn.id];
	});
}

/**
 * Turns a decision of the log round: for the data steward, in a draft or a checked transcript.
 * @throws AppError 404; 409 `turn_in_excerpt` when an excerpt rests on it.
 */
export async function reverseRedaction(
	deps: Pick<Deps, 'db' | 'clock' | 'random'>,
	key: { engagementId: string; redactionId: string; personId: string },
	status: Decided,
): Promise<void> {
	await deps.db.transaction().execute(async (trx) => {
		const place = await trx
			.selectFrom('turn_redaction as r')
			.innerJoin('transcript as t', (join) =>
				join.onRef('t.engagement_id', '=', 'r.engagement_id').onRef('t.id', '=', 'r.transcript_id'),
			)
			.innerJoin('turn as w', (join) =>
				join.onRef('w.engagement_id', '=', 'r.engagement_id').onRef('w.id', '=', 'r.turn_id'),
			)
			.leftJoin('dialog_seat as s', (join) =>
				join.onRef('s.engagement_id', '=', 'w.engagement_id').onRef('s.id', '=', 'w.seat_id'),
			)
			.select([
				't.id as transcriptId',
				't.session_id as sessionId',
				's.withdrawn_at as takenBackAt',
			])
			.where('r.engagement_id', '=', key.engagementId)
			.where('r.id', '=', key.redactionId)
			.executeTakeFirst();
		const full = {
			...key,
			sessionId: place?.sessionId ?? '',
			transcriptId: place?.transcriptId ?? '',
		};
		const transcript = place && (await lockTranscript(trx, full));
		const redaction = place && (await findRedaction(trx, full));
		if (!transcript || !redaction) {
			throw notFound();
		}
		if (place.takenBackAt !== null) {
			throw new AppError(
				'words_taken_back',
				409,
				'Whoever said these words took them back. Nothing about them can be changed.',
			);
		}
		const before = { turns: [], redactions: [redaction] };
		const after = { turns: [], redactions: [decide(deps, key, status)(redaction)] };
		await changeTurns(deps, trx, {
			key: full,
			transcript,
			change: { before, after, record: null },
		});
		await writeAuditEntry(trx, {
			engagementId: key.engagementId,
			id: deps.random.uuid7(),
			personId: key.personId,
			action: 'redaction.reversed',
			target: key.redactionId,
			detail: { status },
		});
	});
}

function decide(deps: Pick<Deps, 'clock'>, { personId }: { personId: string }, status: Decided) {
	const decidedAt = deps.clock().toISOString();
	return (redaction: RedactionState): RedactionState => ({
		...redaction,
		status,
		decidedBy: personId,
		decidedAt,
	});
}

async function overlapping(
	db: Kysely<Schema>,
	key: TranscriptKey,
	{ turnId, span }: { turnId: string; span: { start: number; end: number } },
): Promise<RedactionState[]> {
	const redactions = await listRedactions(db, { ...key, turnIds: [turnId] });
	return redactions.filter(({ start, end }) => end > span.start && start < span.end);
}
