import type { TurnState } from '@throughline/db/queries/turn';
import type { RedactionState } from '@throughline/db/queries/turn-redaction';
import { z } from 'zod';

/** The turns and redactions an edit touches, before it or after it. Undo puts one for the other. */
export interface Snapshot {
	turns: TurnState[];
	redactions: RedactionState[];
}

const turn = z.object({
	id: z.string(),
	position: z.number(),
	startMs: z.number(),
	endMs: z.number(),
	kind: z.enum(['speech', 'missing']),
	seatId: z.string().nullable(),
	isFacilitator: z.boolean(),
	isNobodys: z.boolean(),
	promptKey: z.string().nullable(),
	text: z.string(),
	isUnclear: z.boolean(),
	// Edits from before there were these hold neither.
	note: z.enum(['exact', 'paraphrase']).nullable().default(null),
	isRooms: z.boolean().default(false),
}) satisfies z.ZodType<TurnState>;

const redaction = z.object({
	id: z.string(),
	turnId: z.string(),
	start: z.number(),
	end: z.number(),
	kind: z.string(),
	source: z.enum(['suggested', 'by_hand']),
	status: z.enum(['suggested', 'accepted', 'rejected']),
	decidedBy: z.string().nullable(),
	decidedAt: z.string().nullable(),
}) satisfies z.ZodType<RedactionState>;

const snapshot = z.object({ turns: z.array(turn), redactions: z.array(redaction) });

/** A stored snapshot. What else a row holds is left out. */
export function readSnapshot(stored: unknown): Snapshot {
	return snapshot.parse(stored);
}

/** Whether two snapshots hold the same, in whatever order. */
export function isSameSnapshot(one: Snapshot, other: Snapshot): boolean {
	return canonical(one) === canonical(other);
}

function canonical({ turns, redactions }: Snapshot): string {
	const byId = (a: { id: string }, b: { id: string }) => (a.id < b.id ? -1 : 1);
	return JSON.stringify(
		snapshot.parse({
			turns: turns.toSorted(byId),
			redactions: redactions.toSorted(byId),
		}),
	);
}
