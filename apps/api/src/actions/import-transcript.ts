import { writeAuditEntry } from '@throughline/db/queries/audit-entry';
import { insertTranscript } from '@throughline/db/queries/transcript';
import { insertTurns, type TurnState } from '@throughline/db/queries/turn';
import { putRedactions, type RedactionState } from '@throughline/db/queries/turn-redaction';
import type { Schema, TranscriptSource } from '@throughline/db/schema';
import type { Kysely } from 'kysely';
import type { Deps } from '../deps.ts';
import { AppError } from '../errors.ts';
import { listSeats, seatsNotAllowed } from '../transcripts/allowed-seats.ts';
import { type Speaker, suggestion } from '../transcripts/apply-edit.ts';
import { buildTurns } from '../transcripts/build-turns.ts';
import { listNamesToHide } from '../transcripts/names.ts';
import type { FileReader, FileReading } from '../transcripts/read-file.ts';
import { readReport, type TranscriptReport } from '../transcripts/report.ts';
import { findRecording, readRoomEvents } from '../transcripts/room.ts';

export interface SessionOf {
	engagementId: string;
	sessionId: string;
	/** Null at the command line. */
	personId: string | null;
}

/** How a file is taken in. */
export interface ImportPlan {
	language: string;
	offsetMs: number;
	recordingId: string | null;
	/** Whose words stand under each label of the file. Labels are never stored. */
	map: { label: string; speaker: Speaker }[];
	/** Where it comes from, unless it is a file: its format is the source then. */
	source?: TranscriptSource;
}

export interface Imported {
	transcriptId: string;
	turns: number;
	suggestions: number;
	report: TranscriptReport;
}

/** Lines told one by one in a stored report. */
const TOLD = 200;

/**
 * Takes a file in as the draft of a transcript, with what should perhaps be hidden in it.
 * @throws AppError 422 `file_unreadable`, `no_cues`, `nothing_to_keep`, `invalid_input`.
 */
export async function importTranscript(
	deps: Pick<Deps, 'db' | 'clock' | 'random'> & { readFile: FileReader },
	key: SessionOf,
	{ file, plan }: { file: { bytes: Uint8Array; name: string }; plan: ImportPlan },
): Promise<Imported> {
	const recording = await findRecording(deps.db, { ...key, recordingId: plan.recordingId });
	await checkSpeakers(deps.db, key, plan);
	const reading = await deps.readFile({
		bytes: file.bytes,
		fileName: file.name,
		durationMs: recording?.durationMs ?? undefined,
		hide: {
			names: await listNamesToHide(deps.db, key.engagementId),
			language: plan.language,
		},
	});
	if (reading.transcript.cues.length === 0) {
		throw new AppError('no_cues', 422, 'No words could be read in this file.', {
			fields: { file: reading.transcript.problems[0]?.message ?? 'Choose another file.' },
		});
	}
	return await storeReading(deps, key, { reading, plan, tableNo: recording?.tableNo ?? null });
}

/** Stores what was read, in one transaction. */
async function storeReading(
	deps: Pick<Deps, 'db' | 'clock' | 'random'>,
	key: SessionOf,
	given: { reading: FileReading; plan: ImportPlan; tableNo: number | null },
): Promise<Imported> {
	const { reading, plan, tableNo } = given;
	const { transcript } = reading;
	const source = plan.source ?? transcript.format ?? 'text';
	const speakers = new Map(plan.map.map(({ label, speaker }) => [label, speaker]));
	const built = buildTurns(transcript, {
		...(await readRoomEvents(deps.db, { ...key, tableNo })),
		speakerOf: (label) => (label === null ? '' : (speakers.get(label) ?? '')),
		offsetMs: plan.offsetMs,
		notAllowed: await seatsNotAllowed(deps.db, key, source),
		newId: () => deps.random.uuid7(),
	});
	if (!built.turns.some(({ kind }) => kind === 'speech')) {
		throw new AppError(
			'nothing_to_keep',
			422,
			'No words of this file may be kept as a transcript of this session. Make one of its notes.',
		);
	}
	const redactions = built.turns.flatMap((turn, index) => {
		const cue = built.cues[index];
		const found = cue === undefined || cue === null ? [] : (reading.hidden[cue] ?? []);
		return found.map((each) => suggestion(deps.random.uuid7(), turn.id, each));
	});
	return await storeDraft(deps, key, {
		...plan,
		source,
		turns: built.turns,
		redactions,
		report: {
			...readReport({}),
			format: transcript.format,
			cues: transcript.cues.length,
			coverage: transcript.coverage === null ? null : Math.round(transcript.coverage * 100),
			dropped: transcript.dropped.slice(0, TOLD),
			problemLines: transcript.problems.slice(0, TOLD).map(({ line }) => line),
			askedToDelete: built.askedToDelete,
			notAllowed: built.notAllowed,
			missing: built.missing,
		},
	});
}

/** Stores a draft with its turns and what was suggested. */
export async function storeDraft(
	deps: Pick<Deps, 'db' | 'clock' | 'random'>,
	key: SessionOf,
	draft: Omit<ImportPlan, 'map'> & {
		source: TranscriptSource;
		turns: TurnState[];
		redactions: RedactionState[];
		report: TranscriptReport;
	},
): Promise<Imported> {
	const transcriptId = deps.random.uuid7();
	const place = { engagementId: key.engagementId, transcriptId };
	await deps.db.transaction().execute(async (trx) => {
		await insertTranscript(trx, {
			engagement_id: key.engagementId,
			id: transcriptId,
			session_id: key.sessionId,
			recording_id: draft.recordingId,
			source: draft.source,
			language: draft.language,
			offset_ms: draft.offsetMs,
			report: JSON.stringify(draft.report),
			status: 'draft',
			checked_by: null,
			checked_at: null,
			created_by: key.personId,
			version: 1,
			updated_at: deps.clock(),
		});
		await insertTurns(trx, place, { turns: draft.turns, version: 1 });
		await putRedactions(trx, place, draft.redactions);
		await writeAuditEntry(trx, {
			engagementId: key.engagementId,
			id: deps.random.uuid7(),
			personId: key.personId,
			action: 'transcript.imported',
			target: transcriptId,
			detail: { source: draft.source },
		});
	});
	return {
		transcriptId,
		turns: draft.turns.length,
		suggestions: draft.redactions.length,
		report: draft.report,
	};
}

/** @throws AppError 422 for a seat that is not of this session. */
async function checkSpeakers(
	db: Kysely<Schema>,
	key: SessionOf,
	{ map }: ImportPlan,
): Promise<void> {
	const known = new Set(['', 'facilitator', 'nobody']);
	for (const { id } of await listSeats(db, key)) {
		known.add(id);
	}
	if (map.some(({ speaker }) => !known.has(speaker))) {
		throw new AppError('invalid_input', 422, 'This seat is not of this session.', {
			fields: { map: 'Choose seats of this session.' },
		});
	}
}
