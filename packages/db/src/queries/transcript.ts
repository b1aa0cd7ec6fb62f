import { type Insertable, sql } from 'kysely';
import type { TranscriptSource, TranscriptTable } from '../schema.ts';
import type { Database } from '../types.ts';

export interface TranscriptKey {
	engagementId: string;
	sessionId: string;
	transcriptId: string;
}

export interface Transcript {
	id: string;
	sessionId: string;
	recordingId: string | null;
	source: TranscriptSource;
	language: string;
	offsetMs: number;
	report: unknown;
	status: 'draft' | 'checked';
	checkedAt: Date | null;
	version: number;
	createdAt: Date;
}

const COLUMNS = [
	'id',
	'session_id as sessionId',
	'recording_id as recordingId',
	'source',
	'language',
	'offset_ms as offsetMs',
	'report',
	'status',
	'checked_at as checkedAt',
	'version',
	'created_at as createdAt',
] as const;

/** The transcripts of a session, the newest first. */
export async function listTranscripts(
	db: Database,
	key: { engagementId: string; sessionId: string; limit: number },
): Promise<Transcript[]> {
	return await db
		.selectFrom('transcript')
		.select(COLUMNS)
		.where('engagement_id', '=', key.engagementId)
		.where('session_id', '=', key.sessionId)
		.orderBy('created_at', 'desc')
		.orderBy('id', 'desc')
		.limit(key.limit)
		.execute();
}

/** A checked transcript, with how much is in it and how much of that is an excerpt. */
export interface CheckedTranscript {
	id: string;
	sessionId: string;
	sessionKey: string;
	source: TranscriptSource;
	language: string;
	turns: number;
	excerpts: number;
}

/**
 * The checked transcripts of an engagement, the newest session first.
 * @param key.onDuty only of sessions this person has a duty in; null for all.
 */
export async function listCheckedTranscripts(
	db: Database,
	key: { engagementId: string; onDuty: string | null; limit: number; offset: number },
): Promise<CheckedTranscript[]> {
	const { rows } = await sql<CheckedTranscript>`
		select t.id, s.id as "sessionId", s.key as "sessionKey", t.source, t.language,
			(select count(*)::int from turn u
				where u.engagement_id = t.engagement_id and u.transcript_id = t.id) as turns,
			(select count(*)::int from turn_span p
				where p.engagement_id = t.engagement_id and p.transcript_id = t.id) as excerpts
		from transcript t
		join dialog_session s on s.engagement_id = t.engagement_id and s.id = t.session_id
		where t.engagement_id = ${key.engagementId} and t.status = 'checked'
			and (${key.onDuty}::uuid is null or exists (
				select from dialog_duty d
				where d.engagement_id = s.engagement_id and d.session_id = s.id
					and d.person_id = ${key.onDuty}::uuid
					and d.role in ('lead', 'note_taker', 'interpreter')
			))
		order by s.starts_at desc, t.id desc
		limit ${key.limit} offset ${key.offset}
	`.execute(db);
	return rows;
}

export async function findTranscript(
	db: Database,
	key: TranscriptKey,
): Promise<Transcript | undefined> {
	return await db
		.selectFrom('transcript')
		.select(COLUMNS)
		.where('engagement_id', '=', key.engagementId)
		.where('session_id', '=', key.sessionId)
		.where('id', '=', key.transcriptId)
		.executeTakeFirst();
}

/** The same, held until the transaction ends: edits of one transcript come one after the other. */
export async function lockTranscript(
	db: Database,
	key: TranscriptKey,
): Promise<Transcript | undefined> {
	return await db
		.selectFrom('transcript')
		.select(COLUMNS)
		.where('engagement_id', '=', key.engagementId)
		.where('session_id', '=', key.sessionId)
		.where('id', '=', key.transcriptId)
		.forUpdate()
		.executeTakeFirst();
}

export async function insertTranscript(
	db: Database,
	transcript: Insertable<TranscriptTable>,
): Promise<void> {
	await db.insertInto('transcript').values(transcript).execute();
}

export async function deleteTranscript(db: Database, key: TranscriptKey): Promise<void> {
	await db
		.deleteFrom('transcript')
		.where('engagement_id', '=', key.engagementId)
		.where('session_id', '=', key.sessionId)
		.where('id', '=', key.transcriptId)
		.execute();
}

/** Counts a change up and gives the new number. */
export async function bumpTranscript(db: Database, key: TranscriptKey, now: Date): Promise<number> {
	const { version } = await db
		.updateTable('transcript')
		.set((expression) => ({ version: expression('version', '+', 1), updated_at: now }))
		.where('engagement_id', '=', key.engagementId)
		.where('id', '=', key.transcriptId)
		.returning('version')
		.executeTakeFirstOrThrow();
	return version;
}

export async function setTranscriptStatus(
	db: Database,
	key: TranscriptKey,
	change: { status: 'draft' | 'checked'; personId: string; at: Date; report?: unknown },
): Promise<void> {
	const isChecked = change.status === 'checked';
	await db
		.updateTable('transcript')
		.set({
			status: change.status,
			checked_by: isChecked ? change.personId : null,
			checked_at: isChecked ? change.at : null,
			updated_at: change.at,
			...(change.report !== undefined && { report: JSON.stringify(change.report) }),
		})
		.where('engagement_id', '=', key.engagementId)
		.where('id', '=', key.transcriptId)
		.execute();
}
