import { json } from '../open-values.ts';
import type { ConsentScope, ConsentSource, DialogEventKind, TranscriptSource } from '../schema.ts';
import type { Database } from '../types.ts';

interface SessionKey {
	engagementId: string;
	sessionId: string;
}

const CHUNK = 500;

export interface NewConsentEntry {
	id: string;
	seatId: string;
	scope: ConsentScope;
	source: ConsentSource;
	isGiven: boolean;
	language: string;
	wordsHash: string;
	witnessId: string | null;
	saidAt: Date;
}

/** Adds lines to the ledger. */
export async function insertConsentEntries(
	db: Database,
	key: SessionKey,
	entries: readonly NewConsentEntry[],
): Promise<void> {
	for (let start = 0; start < entries.length; start += CHUNK) {
		await db
			.insertInto('consent_entry')
			.values(
				entries.slice(start, start + CHUNK).map((entry) => ({
					engagement_id: key.engagementId,
					session_id: key.sessionId,
					id: entry.id,
					seat_id: entry.seatId,
					scope: entry.scope,
					source: entry.source,
					is_given: entry.isGiven,
					language: entry.language,
					words_hash: entry.wordsHash,
					witness_id: entry.witnessId,
					said_at: entry.saidAt,
				})),
			)
			.execute();
	}
}

/** Stores how many took part, by one attribute at a time. */
export async function insertDialogCounts(
	db: Database,
	key: SessionKey,
	counts: readonly { attribute: string; value: string; n: number }[],
): Promise<void> {
	if (counts.length > 0) {
		await db
			.insertInto('dialog_count')
			.values(
				counts.map((count) => ({
					engagement_id: key.engagementId,
					session_id: key.sessionId,
					...count,
				})),
			)
			.execute();
	}
}

export interface NewNote {
	id: string;
	promptKey: string | null;
	seatId: string | null;
	tableNo: number | null;
	atMs: number;
	text: string;
	isExact: boolean;
	language: string;
}

/** Stores notes of a session. */
export async function insertDialogNotes(
	db: Database,
	key: SessionKey,
	notes: readonly NewNote[],
): Promise<void> {
	for (let start = 0; start < notes.length; start += CHUNK) {
		await db
			.insertInto('dialog_note')
			.values(
				notes.slice(start, start + CHUNK).map((note) => ({
					engagement_id: key.engagementId,
					session_id: key.sessionId,
					id: note.id,
					prompt_key: note.promptKey,
					seat_id: note.seatId,
					table_no: note.tableNo,
					at_ms: note.atMs,
					text: note.text,
					is_exact: note.isExact,
					language: note.language,
					version: 1,
					deleted_at: null,
				})),
			)
			.execute();
	}
}

export interface NewDialogEvent {
	id: string;
	kind: DialogEventKind;
	startMs: number;
	endMs: number | null;
	promptKey: string | null;
	seatId: string | null;
}

/** Stores what happened in a session, on its own clock. */
export async function insertDialogEvents(
	db: Database,
	key: SessionKey,
	events: readonly NewDialogEvent[],
): Promise<void> {
	for (let start = 0; start < events.length; start += CHUNK) {
		await db
			.insertInto('dialog_event')
			.values(
				events.slice(start, start + CHUNK).map((event) => ({
					engagement_id: key.engagementId,
					session_id: key.sessionId,
					id: event.id,
					kind: event.kind,
					start_ms: event.startMs,
					end_ms: event.endMs,
					prompt_key: event.promptKey,
					seat_id: event.seatId,
					table_no: null,
					reason: '',
				})),
			)
			.execute();
	}
}

/** Stores a transcript, without its turns. */
export async function insertTranscript(
	db: Database,
	key: SessionKey,
	transcript: {
		id: string;
		recordingId: string | null;
		source: TranscriptSource;
		language: string;
		report: unknown;
		checked: { by: string; at: Date } | null;
		createdBy: string;
		now: Date;
	},
): Promise<void> {
	await db
		.insertInto('transcript')
		.values({
			engagement_id: key.engagementId,
			id: transcript.id,
			session_id: key.sessionId,
			recording_id: transcript.recordingId,
			source: transcript.source,
			language: transcript.language,
			offset_ms: 0,
			report: json(transcript.report),
			status: transcript.checked === null ? 'draft' : 'checked',
			checked_by: transcript.checked?.by ?? null,
			checked_at: transcript.checked?.at ?? null,
			created_by: transcript.createdBy,
			version: 1,
			updated_at: transcript.now,
		})
		.execute();
}

export interface NewTurn {
	id: string;
	position: number;
	startMs: number;
	endMs: number;
	seatId: string | null;
	isFacilitator: boolean;
	promptKey: string | null;
	text: string;
	isUnclear: boolean;
}

/** Stores turns of a transcript that was spoken. */
export async function insertTurns(
	db: Database,
	key: { engagementId: string; transcriptId: string },
	turns: readonly NewTurn[],
): Promise<void> {
	for (let start = 0; start < turns.length; start += CHUNK) {
		await db
			.insertInto('turn')
			.values(
				turns.slice(start, start + CHUNK).map((turn) => ({
					engagement_id: key.engagementId,
					transcript_id: key.transcriptId,
					id: turn.id,
					position: turn.position,
					start_ms: turn.startMs,
					end_ms: turn.endMs,
					kind: 'speech' as const,
					seat_id: turn.seatId,
					is_facilitator: turn.isFacilitator,
					prompt_key: turn.promptKey,
					text: turn.text,
					is_unclear: turn.isUnclear,
				})),
			)
			.execute();
	}
}

/** Stores spans that must not be read, each decided already or still to be. */
export async function insertTurnRedactions(
	db: Database,
	key: { engagementId: string; transcriptId: string },
	spans: readonly {
		id: string;
		turnId: string;
		startAt: number;
		endAt: number;
		kind: string;
		decided: { by: string; at: Date } | null;
	}[],
): Promise<void> {
	if (spans.length > 0) {
		await db
			.insertInto('turn_redaction')
			.values(
				spans.map((span) => ({
					engagement_id: key.engagementId,
					transcript_id: key.transcriptId,
					id: span.id,
					turn_id: span.turnId,
					start_at: span.startAt,
					end_at: span.endAt,
					kind: span.kind,
					source: 'suggested' as const,
					status: span.decided === null ? ('suggested' as const) : ('accepted' as const),
					decided_by: span.decided?.by ?? null,
					decided_at: span.decided?.at ?? null,
				})),
			)
			.execute();
	}
}
