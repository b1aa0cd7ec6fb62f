import { CONSENT_SCOPES } from '@throughline/analysis/dialog';
import { z } from 'zod';

const MAX_TEXT = 10_000;
const DAY_MS = 24 * 60 * 60 * 1000;

const said = { id: z.uuid(), at: z.iso.datetime() };
const text = z.string().max(MAX_TEXT);
const key = z.string().min(1).max(60);
const language = z.string().regex(/^[a-z]{2,3}$/);
const offset = z.int().min(0).max(DAY_MS);
const table = z.int().min(1).max(99).nullable();

/** One thing done on a tablet. `id` makes it arrive once; `at` decides between two of a kind. */
export const operationSchema = z.discriminatedUnion('type', [
	z.object({
		...said,
		type: z.literal('seat'),
		seatId: z.uuid(),
		position: z.int().min(1).max(200),
		isTaken: z.boolean(),
	}),
	z.object({
		...said,
		type: z.literal('consent'),
		seatId: z.uuid(),
		scope: z.enum(CONSENT_SCOPES),
		source: z.enum(['guardian', 'student']),
		isGiven: z.boolean(),
		language,
		wordsHash: z.string().regex(/^[0-9a-f]{64}$/),
	}),
	z.object({
		...said,
		type: z.literal('count'),
		attribute: key,
		value: key,
		n: z.int().min(0).max(500),
	}),
	z.object({
		...said,
		type: z.literal('note'),
		noteId: z.uuid(),
		promptKey: key.nullable(),
		seatId: z.uuid().nullable(),
		tableNo: table,
		atMs: offset,
		text,
		isExact: z.boolean(),
		language,
	}),
	z.object({ ...said, type: z.literal('note_deleted'), noteId: z.uuid() }),
	z
		.object({
			...said,
			type: z.literal('event'),
			kind: z.enum(['prompt', 'speaking', 'facilitator', 'pause', 'gap', 'deleted', 'table']),
			startMs: offset,
			endMs: offset.nullable(),
			promptKey: key.nullable(),
			seatId: z.uuid().nullable(),
			tableNo: table,
			reason: z.string().max(300),
		})
		.refine(({ startMs, endMs }) => endMs === null || endMs >= startMs, {
			path: ['endMs'],
			error: 'It ends before it begins.',
		}),
	z.object({ ...said, type: z.literal('agreements'), text }),
	z.object({ ...said, type: z.literal('deviations'), text }),
	z.object({ ...said, type: z.literal('gate'), step: key }),
	z.object({ ...said, type: z.literal('participants'), n: z.int().min(0).max(500) }),
	z.object({ ...said, type: z.literal('start') }),
	z.object({ ...said, type: z.literal('end') }),
	z.object({
		...said,
		type: z.literal('safety'),
		atMs: offset,
		text: text.min(1, { error: 'Write in a few words what the adult needs to know.' }),
	}),
]);

export type Operation = z.output<typeof operationSchema>;
export type OperationOf<Type extends Operation['type']> = Extract<Operation, { type: Type }>;

/** What an operation sets; of those that set the same, the newest counts. */
export function registerOf(operation: Operation): string {
	switch (operation.type) {
		case 'seat':
			return `seat:${operation.seatId}`;
		case 'count':
			return `count:${operation.attribute}:${operation.value}`;
		case 'note':
			return `note:${operation.noteId}`;
		case 'agreements':
		case 'deviations':
		case 'participants':
			return operation.type;
		// Each of these stands for itself.
		case 'consent':
		case 'note_deleted':
		case 'event':
		case 'gate':
		case 'start':
		case 'end':
		case 'safety':
			return `${operation.type}:${operation.id}`;
	}
}
