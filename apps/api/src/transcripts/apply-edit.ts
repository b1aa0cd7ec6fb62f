import type { TurnState } from '@throughline/db/queries/turn';
import type { RedactionState } from '@throughline/db/queries/turn-redaction';
import { AppError } from '../errors.ts';
import { followWords } from './follow-words.ts';
import { timeAt } from './render-span.ts';
import type { Snapshot } from './snapshot.ts';

/**
 * Whose words a turn holds: a seat's id, or one of these. 'room' is a participant's, and nobody
 * noted whose; '' is nobody said yet.
 */
export type Speaker = string | 'facilitator' | 'nobody' | 'room' | '';

/** What a person does to a turn. */
export type TurnEdit =
	| { kind: 'text'; text: string }
	| { kind: 'split'; at: number }
	| { kind: 'merge' }
	| { kind: 'seat'; speaker: Speaker }
	| { kind: 'unclear'; isUnclear: boolean }
	| { kind: 'time'; startMs: number; endMs: number }
	| { kind: 'prompt'; promptKey: string | null; isFromHere: boolean }
	| { kind: 'delete' };

/** What an edit has to know beside the turn. */
export interface EditContext {
	turn: TurnState;
	/** The redactions of the turn, of the one before it for a merge, of the run. */
	redactions: readonly RedactionState[];
	previous: TurnState | null;
	/** The turns that go with it where a prompt is changed from here on. */
	run: readonly TurnState[];
	/** A place between the turn and the next one. */
	positionAfter: number;
	newId: () => string;
	/** What should perhaps be hidden in a text. */
	suggest: (text: string) => { start: number; end: number; kind: string }[];
}

/** A text in one line, as turns are kept. */
export function oneLine(text: string): string {
	return text
		.replaceAll(/[\p{Cc}\s]+/gu, ' ')
		.trim()
		.normalize('NFC');
}

/**
 * What an edit makes of a turn, its neighbour and their redactions.
 * @throws AppError when it makes nothing that could stand.
 */
export function applyEdit(
	edit: TurnEdit,
	context: EditContext,
): { before: Snapshot; after: Snapshot } {
	const { turn, previous } = context;
	const own = context.redactions.filter(({ turnId }) => turnId === turn.id);
	const before = { turns: [turn], redactions: own };
	switch (edit.kind) {
		case 'text':
			return { before, after: changeText(edit.text, context, own) };
		case 'split':
			return { before, after: split(edit.at, context, own) };
		case 'merge':
			if (previous === null) {
				throw new AppError('nothing_to_merge', 422, 'There is no turn before this one.');
			}
			return {
				before: { turns: [previous, turn], redactions: [...context.redactions] },
				after: merge(previous, turn, context.redactions),
			};
		case 'seat':
			return { before, after: { ...before, turns: [{ ...turn, ...speakerState(edit.speaker) }] } };
		case 'unclear':
			return { before, after: { ...before, turns: [{ ...turn, isUnclear: edit.isUnclear }] } };
		case 'time':
			return { before, after: { ...before, turns: [retimed(turn, edit)] } };
		case 'prompt': {
			const turns = [turn, ...context.run];
			const redactions = [...context.redactions];
			const { promptKey } = edit;
			return {
				before: { turns, redactions },
				after: { turns: turns.map((each) => ({ ...each, promptKey })), redactions },
			};
		}
		case 'delete':
			return { before, after: { turns: [], redactions: [] } };
	}
}

/** The columns that say whose words a turn holds. */
export function speakerState(
	speaker: Speaker,
): Pick<TurnState, 'seatId' | 'isFacilitator' | 'isNobodys' | 'isRooms'> {
	const isFacilitator = speaker === 'facilitator';
	const isNobodys = speaker === 'nobody';
	const isRooms = speaker === 'room';
	const isOther = isFacilitator || isNobodys || isRooms || speaker === '';
	return { seatId: isOther ? null : speaker, isFacilitator, isNobodys, isRooms };
}

export function speakerOf(
	turn: Pick<TurnState, 'seatId' | 'isFacilitator' | 'isNobodys' | 'isRooms'>,
): Speaker {
	if (turn.isFacilitator) {
		return 'facilitator';
	}
	if (turn.isRooms) {
		return 'room';
	}
	return turn.isNobodys ? 'nobody' : (turn.seatId ?? '');
}

function changeText(
	given: string,
	{ turn, suggest, newId }: EditContext,
	own: readonly RedactionState[],
): Snapshot {
	const text = oneLine(given);
	if (text === '') {
		throw new AppError('turn_empty', 422, 'A turn has words. Delete it if nothing was said.', {
			fields: { text: 'Write what was said, or delete the turn.' },
		});
	}
	const follow = followWords(turn.text, text);
	const kept = own.flatMap((redaction): RedactionState[] => {
		const place = follow(redaction);
		if (place === null) {
			return [];
		}
		const { start, end, isSame } = place;
		const undecided = { status: 'suggested' as const, decidedBy: null, decidedAt: null };
		return [{ ...redaction, start, end, ...(isSame ? {} : undecided) }];
	});
	const fresh = suggest(text)
		.filter(({ start, end }) => kept.every((other) => end <= other.start || start >= other.end))
		.map((found) => suggestion(newId(), turn.id, found));
	return { turns: [{ ...turn, text }], redactions: [...kept, ...fresh] };
}

/** A redaction nobody has decided on. */
export function suggestion(
	id: string,
	turnId: string,
	{ start, end, kind }: { start: number; end: number; kind: string },
): RedactionState {
	return {
		id,
		turnId,
		start,
		end,
		kind,
		source: 'suggested',
		status: 'suggested',
		decidedBy: null,
		decidedAt: null,
	};
}

function split(
	at: number,
	{ turn, positionAfter, newId }: EditContext,
	own: readonly RedactionState[],
): Snapshot {
	const letters = [...turn.text];
	const left = letters.slice(0, at).join('').trimEnd();
	const right = letters.slice(at).join('');
	const skipped = [...right].length - [...right.trimStart()].length;
	if (left === '' || right.trim() === '') {
		throw new AppError('split_at_edge', 422, 'Put the caret between two words to split there.');
	}
	const time = timeAt(turn, at);
	const second = { ...turn, id: newId(), position: positionAfter, startMs: time };
	const redactions = own.flatMap((redaction) => {
		const parts: RedactionState[] = [];
		const inLeft = Math.min(redaction.end, [...left].length);
		if (redaction.start < inLeft) {
			parts.push({ ...redaction, end: inLeft });
		}
		const from = at + skipped;
		if (redaction.end > from) {
			const id = parts.length > 0 ? newId() : redaction.id;
			const start = Math.max(0, redaction.start - from);
			parts.push({ ...redaction, id, turnId: second.id, start, end: redaction.end - from });
		}
		return parts;
	});
	return {
		turns: [
			{ ...turn, text: left, endMs: time },
			{ ...second, text: right.trim() },
		],
		redactions,
	};
}

function merge(
	previous: TurnState,
	turn: TurnState,
	redactions: readonly RedactionState[],
): Snapshot {
	const speakers = new Set([speakerOf(previous), speakerOf(turn)]);
	speakers.delete('');
	if (speakers.size > 1) {
		throw new AppError(
			'turns_of_two',
			409,
			'These turns are of two speakers. Give both to one first, if that is right.',
		);
	}
	if (previous.kind !== 'speech' || turn.kind !== 'speech') {
		throw new AppError('nothing_to_merge', 422, 'Missing audio cannot be merged with words.');
	}
	const shift = [...previous.text].length + 1;
	return {
		turns: [
			{
				...previous,
				...speakerState([...speakers][0] ?? ''),
				endMs: Math.max(previous.endMs, turn.endMs),
				text: `${previous.text} ${turn.text}`,
				isUnclear: previous.isUnclear || turn.isUnclear,
				note: lesserNote(previous.note, turn.note),
			},
		],
		redactions: redactions.map((redaction) =>
			redaction.turnId === turn.id
				? {
						...redaction,
						turnId: previous.id,
						start: redaction.start + shift,
						end: redaction.end + shift,
					}
				: redaction,
		),
	};
}

/** What words are together, some of which may be paraphrase. */
export function lesserNote(one: TurnState['note'], other: TurnState['note']): TurnState['note'] {
	return one === 'paraphrase' || other === 'paraphrase' ? 'paraphrase' : (one ?? other);
}

function retimed(
	turn: TurnState,
	{ startMs, endMs }: { startMs: number; endMs: number },
): TurnState {
	if (endMs < startMs) {
		throw new AppError('invalid_input', 422, 'A turn ends after it begins.', {
			fields: { endMs: 'Give a time after the beginning.' },
		});
	}
	return {
		...turn,
		startMs,
		endMs,
		...(turn.kind === 'missing' && { text: missingWords(startMs, endMs) }),
	};
}

/** `[missing audio 12:00–16:00]`: what stands where cues leave a stretch uncovered. */
export function missingWords(startMs: number, endMs: number): string {
	return `[missing audio ${clockTime(startMs)}–${clockTime(endMs)}]`;
}

function clockTime(ms: number): string {
	const seconds = Math.floor(ms / 1000);
	const parts = [Math.floor(seconds / 60), seconds % 60];
	return parts.map((part) => String(part).padStart(2, '0')).join(':');
}
