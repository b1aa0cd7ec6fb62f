import type { ConsentScope, ConsentSource } from '@throughline/analysis/dialog';
import type { Operation, RoomKit } from '@throughline/api/client';

export interface Seat {
	id: string;
	label: string;
	position: number;
	isTaken: boolean;
}

export interface LedgerLine {
	seatId: string;
	scope: ConsentScope;
	source: ConsentSource;
	isGiven: boolean;
	saidAt: number;
}

export interface Note {
	id: string;
	promptKey: string | null;
	seatId: string | null;
	tableNo: number | null;
	/** Where it stands in the session; it never moves. */
	atMs: number;
	/** When its words last changed. */
	touchedMs: number;
	text: string;
	isExact: boolean;
}

/** Somebody spoke, or nobody did: a stretch of the session's clock. */
interface Stretch {
	kind: 'speaking' | 'facilitator' | 'pause';
	seatId: string | null;
	startMs: number;
	endMs: number;
}

/** Milliseconds on the session's clock. */
export interface Span {
	startMs: number;
	endMs: number;
}

/** 'Delete what was just said', while it can still be taken back. */
interface Deletion extends Span {
	/** By the clock of the tablet. */
	askedAt: number;
}

/** A session as the tablet knows it. Plain data: it is sealed and stored after every step. */
export interface Room {
	seats: Seat[];
	ledger: LedgerLine[];
	/** 'grade_band:9-10' → how many. */
	counts: Record<string, number>;
	notes: Note[];
	stretches: Stretch[];
	/** Step of the before-list → when it was done. */
	gates: Record<string, string>;
	agreements: string;
	deviations: string;
	participants: number | null;
	startedAt: number | null;
	endedAt: number | null;
	/** How many safety flags were written here. What they say is not kept. */
	flags: number;

	/** Of this tablet alone: what it shows, and what is going on just now. */
	language: string;
	isReadAloud: boolean;
	present: number;
	promptKey: string | null;
	promptSince: number;
	tableNo: number | null;
	speaking: { seatId: string | null; since: number } | null;
	pausedSince: number | null;
	deletion: Deletion | null;
	/** The note being written. */
	draftId: string | null;
	afterDone: string[];
}

/** The room before anybody came. */
export function emptyRoom(kit: RoomKit): Room {
	return {
		seats: kit.seats.map((seat) => ({ ...seat })),
		ledger: kit.ledger.map((line) => ({ ...line, saidAt: Date.parse(line.saidAt) })),
		counts: {},
		notes: [],
		stretches: [],
		gates: Object.fromEntries(
			kit.gates.flatMap(({ step, doneAt }) => (doneAt === null ? [] : [[step, doneAt]])),
		),
		agreements: kit.session.agreements,
		deviations: kit.session.deviations,
		participants: null,
		startedAt: kit.session.startedAt === null ? null : Date.parse(kit.session.startedAt),
		endedAt: kit.session.endedAt === null ? null : Date.parse(kit.session.endedAt),
		flags: 0,
		language: 'en',
		isReadAloud: false,
		present: kit.session.plannedParticipants,
		promptKey: null,
		promptSince: 0,
		tableNo: kit.session.format === 'table_rounds' ? 1 : null,
		speaking: null,
		pausedSince: null,
		deletion: null,
		draftId: null,
		afterDone: [],
	};
}

/**
 * What a newer kit knows of the plan, beside what was done on this tablet: steps done elsewhere,
 * seats made since, permissions entered at the office.
 */
export function refreshRoom(room: Room, kit: RoomKit): Room {
	const fresh = emptyRoom(kit);
	const known = new Set(room.seats.map(({ id }) => id));
	const said = new Set(room.ledger.map(lineKey));
	return {
		...room,
		seats: [...room.seats, ...fresh.seats.filter(({ id }) => !known.has(id))].toSorted(
			(a, b) => a.position - b.position,
		),
		ledger: [...room.ledger, ...fresh.ledger.filter((line) => !said.has(lineKey(line)))],
		gates: { ...fresh.gates, ...room.gates },
		startedAt: room.startedAt ?? fresh.startedAt,
	};
}

/** The room after one operation. Applying it twice changes nothing more. */
export function applyToRoom(room: Room, operation: Operation): Room {
	switch (operation.type) {
		case 'seat':
			return { ...room, seats: withSeat(room.seats, operation) };
		case 'consent': {
			const { seatId, scope, source, isGiven } = operation;
			const line = { seatId, scope, source, isGiven, saidAt: Date.parse(operation.at) };
			const isKnown = room.ledger.some((known) => lineKey(known) === lineKey(line));
			return isKnown ? room : { ...room, ledger: [...room.ledger, line] };
		}
		case 'count': {
			const key = `${operation.attribute}:${operation.value}`;
			return { ...room, counts: { ...room.counts, [key]: operation.n } };
		}
		case 'note':
			return { ...room, notes: withNote(room.notes, operation) };
		case 'note_deleted':
			return { ...room, notes: room.notes.filter(({ id }) => id !== operation.noteId) };
		case 'event':
			return withEvent(room, operation);
		case 'agreements':
		case 'deviations':
			return { ...room, [operation.type]: operation.text };
		case 'gate':
			return { ...room, gates: { ...room.gates, [operation.step]: operation.at } };
		case 'participants':
			return { ...room, participants: operation.n };
		case 'start':
			return { ...room, startedAt: room.startedAt ?? Date.parse(operation.at) };
		case 'end':
			return { ...room, endedAt: Date.parse(operation.at) };
		case 'safety':
			return room;
	}
}

function withSeat(
	seats: Seat[],
	{ seatId, position, isTaken }: Extract<Operation, { type: 'seat' }>,
) {
	const label = seatLabel(position);
	const others = seats.filter(({ id }) => id !== seatId);
	const own = seats.find(({ id }) => id === seatId) ?? { id: seatId, label, position };
	return [...others, { ...own, isTaken }].toSorted((a, b) => a.position - b.position);
}

function withNote(notes: Note[], operation: Extract<Operation, { type: 'note' }>): Note[] {
	const { noteId: id, promptKey, seatId, tableNo, atMs, text, isExact } = operation;
	const before = notes.find((note) => note.id === id);
	const touchedMs = Math.max(atMs, before?.touchedMs ?? 0);
	const note = { id, promptKey, seatId, tableNo, atMs, touchedMs, text, isExact };
	return before ? notes.map((each) => (each.id === id ? note : each)) : [...notes, note];
}

function withEvent(room: Room, event: Extract<Operation, { type: 'event' }>): Room {
	const { kind, seatId, startMs } = event;
	const endMs = event.endMs ?? startMs;
	if (kind === 'deleted') {
		return { ...room, notes: room.notes.filter((note) => !isWithin(note, { startMs, endMs })) };
	}
	if (kind !== 'speaking' && kind !== 'facilitator' && kind !== 'pause') {
		return room;
	}
	const stretch = { kind, seatId, startMs, endMs };
	const isKnown = room.stretches.some(
		(known) => known.kind === kind && known.startMs === startMs && known.endMs === endMs,
	);
	return isKnown ? room : { ...room, stretches: [...room.stretches, stretch] };
}

/** A note belongs to a stretch by when it was begun or last written in. */
export function isWithin(
	note: Pick<Note, 'atMs' | 'touchedMs'>,
	{ startMs, endMs }: { startMs: number; endMs: number },
): boolean {
	const isIn = (ms: number) => ms >= startMs && ms <= endMs;
	return isIn(note.atMs) || isIn(note.touchedMs);
}

/** 'Voice A' … 'Voice Z', 'Voice AA': as the server names seats. */
export function seatLabel(position: number): string {
	const letters = (n: number): string =>
		n <= 0 ? '' : letters(Math.floor((n - 1) / 26)) + String.fromCharCode(65 + ((n - 1) % 26));
	return `Voice ${letters(position)}`;
}

function lineKey({ seatId, scope, source, isGiven, saidAt }: LedgerLine): string {
	return [seatId, scope, source, isGiven, saidAt].join(' ');
}
