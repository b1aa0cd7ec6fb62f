import { createHash } from 'node:crypto';
import { findTurns, listTurns, type TurnState } from '@throughline/db/queries/turn';
import { listRedactions, type RedactionState } from '@throughline/db/queries/turn-redaction';
import { listSpans, listSpanSeats, moveSpan, type Span } from '@throughline/db/queries/turn-span';
import type { Schema } from '@throughline/db/schema';
import type { Kysely } from 'kysely';
import { AppError } from '../errors.ts';
import { speakerOf } from './apply-edit.ts';
import { followWords } from './follow-words.ts';
import { renderSpan } from './render-span.ts';
import { isSameSnapshot, type Snapshot } from './snapshot.ts';

interface Key {
	engagementId: string;
	transcriptId: string;
}

/** No transcript has more excerpts than this. */
export const MAX_SPANS = 20_000;
/** No excerpt spans more turns than this. */
export const MAX_SPAN_TURNS = 100;

/**
 * Excerpts that rest on the turns of a change, to be held to what they say: `settle` is called
 * after the change was written.
 * @throws AppError 409 `turn_in_excerpt` when the change takes away the ground of one.
 */
export async function holdExcerpts(
	db: Kysely<Schema>,
	key: Key,
	{ before, after }: { before: Snapshot; after: Snapshot },
): Promise<{ settle(): Promise<void> }> {
	const touched = await touchedTurns(db, key, [before, after]);
	const positions = touched.map(({ position }) => position).sort((one, other) => one - other);
	if (positions.length === 0) {
		return { settle: async () => {} };
	}
	const inRange = await listSpans(db, {
		...key,
		from: positions[0] ?? 0,
		to: positions.at(-1) ?? 0,
		limit: MAX_SPANS,
	});
	const spans = inRange.filter((span) =>
		isAnyIn(positions, { from: span.startPosition, to: span.endPosition }),
	);
	if (spans.length > 0) {
		refuseOtherTurns(before, after);
		refuseOtherPrompts(spans, before, after);
	}
	return {
		async settle() {
			if (isPromptAlone(before, after)) {
				return;
			}
			for (const span of spans) {
				await settleSpan(db, key, { span, before, after });
			}
		},
	};
}

/** Whether one of these numbers, the smallest first, lies in a stretch. */
function isAnyIn(sorted: readonly number[], { from, to }: { from: number; to: number }): boolean {
	let low = 0;
	for (let high = sorted.length; low < high;) {
		const middle = (low + high) >> 1;
		if ((sorted[middle] ?? Infinity) < from) {
			low = middle + 1;
		} else {
			high = middle;
		}
	}
	return (sorted[low] ?? Infinity) <= to;
}

async function touchedTurns(
	db: Kysely<Schema>,
	key: Key,
	snapshots: readonly Snapshot[],
): Promise<TurnState[]> {
	const turns = snapshots.flatMap((snapshot) => snapshot.turns);
	const known = new Set(turns.map(({ id }) => id));
	const others = snapshots
		.flatMap(({ redactions }) => redactions.map(({ turnId }) => turnId))
		.filter((id) => !known.has(id));
	return [...turns, ...(await findTurns(db, { ...key, ids: [...new Set(others)] }))];
}

/** Under an excerpt turns stay as they are, with the speakers they have. */
function refuseOtherTurns(before: Snapshot, after: Snapshot): void {
	const speakers = (turns: TurnState[]) =>
		JSON.stringify(turns.map((turn) => [turn.id, speakerOf(turn)]).sort());
	if (speakers(before.turns) !== speakers(after.turns)) {
		throw inExcerpt();
	}
}

/** An excerpt is coded with the prompt its first words answer. */
function refuseOtherPrompts(spans: readonly Span[], before: Snapshot, after: Snapshot): void {
	const was = new Map(before.turns.map(({ id, promptKey }) => [id, promptKey]));
	const changed = new Set(
		after.turns
			.filter(({ id, promptKey }) => was.has(id) && was.get(id) !== promptKey)
			.map(({ id }) => id),
	);
	if (spans.some(({ isWithdrawn, startTurnId }) => !isWithdrawn && changed.has(startTurnId))) {
		throw inExcerpt();
	}
}

/** Whether a change leaves everything but prompts as it was. */
function isPromptAlone(before: Snapshot, after: Snapshot): boolean {
	const withoutPrompts = ({ turns, redactions }: Snapshot) => ({
		turns: turns.map((turn) => ({ ...turn, promptKey: null })),
		redactions,
	});
	return isSameSnapshot(withoutPrompts(before), withoutPrompts(after));
}

async function settleSpan(
	db: Kysely<Schema>,
	key: Key,
	{ span, before, after }: { span: Span; before: Snapshot; after: Snapshot },
): Promise<void> {
	const startAt = followed(span.startTurnId, { at: span.startAt, span, before, after });
	const endAt = followed(span.endTurnId, { at: span.endAt, span, before, after });
	const moved = { ...span, startAt, endAt };
	if (startAt !== span.startAt || endAt !== span.endAt) {
		await moveSpan(db, { engagementId: key.engagementId, spanId: span.id }, { startAt, endAt });
	}
	if (!span.isWithdrawn && !(await isHeld(db, key, moved))) {
		throw inExcerpt();
	}
}

/** Where the edge of a span went when the words of its turn changed. */
function followed(
	turnId: string,
	{ at, span, before, after }: { at: number; span: Span; before: Snapshot; after: Snapshot },
): number {
	const old = before.turns.find(({ id }) => id === turnId);
	const now = after.turns.find(({ id }) => id === turnId);
	if (!old || !now || old.text === now.text) {
		return at;
	}
	const length = [...old.text].length;
	const start = span.startTurnId === turnId ? span.startAt : 0;
	const end = span.endTurnId === turnId ? span.endAt : length;
	const place = followWords(old.text, now.text)({ start, end });
	if (!place?.isSame) {
		throw inExcerpt();
	}
	return at === start && span.startTurnId === turnId ? place.start : place.end;
}

/** Whether a span still gives the very words of its excerpt, of the very seats. */
async function isHeld(db: Kysely<Schema>, key: Key, span: Span): Promise<boolean> {
	const turns = await turnsOf(db, key, span);
	const hidden = await hiddenIn(db, key, turns);
	const { text, seatIds } = renderSpan(span, turns, hidden);
	const seats = await listSpanSeats(db, { engagementId: key.engagementId, spanIds: [span.id] });
	const isSameSeats =
		JSON.stringify([...seatIds].sort()) === JSON.stringify(seats.map(({ seatId }) => seatId));
	return isSameSeats && hashOf(text) === span.textHash;
}

function turnsOf(
	db: Kysely<Schema>,
	key: Key,
	span: { startPosition: number; endPosition: number },
): Promise<TurnState[]> {
	return listTurns(db, {
		...key,
		from: span.startPosition,
		to: span.endPosition,
		limit: MAX_SPAN_TURNS + 1,
	});
}

/** What is hidden in these turns: accepted redactions. */
export async function hiddenIn(
	db: Kysely<Schema>,
	key: Key,
	turns: readonly { id: string }[],
): Promise<(turnId: string) => RedactionState[]> {
	const redactions = await listRedactions(db, { ...key, turnIds: turns.map(({ id }) => id) });
	const accepted = redactions.filter(({ status }) => status === 'accepted');
	const byTurn = Map.groupBy(accepted, ({ turnId }) => turnId);
	return (turnId) => byTurn.get(turnId) ?? [];
}

export function hashOf(text: string): string {
	return createHash('sha256').update(text).digest('hex');
}

function inExcerpt(): AppError {
	return new AppError(
		'turn_in_excerpt',
		409,
		'An excerpt rests on these words, and excerpts do not change. Take the excerpt back first.',
	);
}
