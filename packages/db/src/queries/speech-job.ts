import { sql } from 'kysely';
import type { Database } from '../types.ts';

/** A job nobody has kept fresh for so long was interrupted: its server stopped. */
export const SPEECH_BEAT_LIMIT_MS = 20_000;

interface Run {
	engagementId: string;
	recordingId: string;
	runId: string;
}

/** Speech of one recording on its way to text. */
export interface SpeechJob {
	recordingId: string;
	language: string;
	status: 'waiting' | 'running' | 'done' | 'failed' | 'interrupted';
	percent: number;
	message: string | null;
	transcriptId: string | null;
}

/** The jobs of a session, one for each recording, in the order they were first asked for. */
export async function listSpeechJobs(
	db: Database,
	key: { engagementId: string; sessionId: string; now: Date; limit: number },
): Promise<SpeechJob[]> {
	const { rows } = await sql<SpeechJob>`
		select recording_id as "recordingId", language, percent, message,
			transcript_id as "transcriptId",
			case when status in ('waiting', 'running') and beat_at < ${oldest(key.now)}
				then 'interrupted' else status end as status
		from speech_job
		where engagement_id = ${key.engagementId} and session_id = ${key.sessionId}
		order by created_at, recording_id
		limit ${key.limit}
	`.execute(db);
	return rows;
}

/** Puts a recording in line. @returns false when it is in line, or worked on, already. */
export async function startSpeechJob(
	db: Database,
	job: Run & { sessionId: string; language: string; personId: string | null; now: Date },
): Promise<boolean> {
	const { rows } = await sql`
		insert into speech_job (
			engagement_id, recording_id, session_id, run_id, language, status, percent, started_by,
			beat_at
		) values (
			${job.engagementId}, ${job.recordingId}, ${job.sessionId}, ${job.runId}, ${job.language},
			'waiting', 0, ${job.personId}, ${job.now}
		)
		on conflict (engagement_id, recording_id) do update set
			run_id = excluded.run_id, language = excluded.language, status = 'waiting', percent = 0,
			message = null, transcript_id = null, started_by = excluded.started_by,
			beat_at = excluded.beat_at
		where speech_job.status in ('done', 'failed') or speech_job.beat_at < ${oldest(job.now)}
		returning 1
	`.execute(db);
	return rows.length > 0;
}

/** Says that a job is alive, and how far. @returns false when it is not wanted any more. */
export async function beatSpeechJob(
	db: Database,
	run: Run & { status: 'waiting' | 'running'; percent: number; now: Date },
): Promise<boolean> {
	const { numUpdatedRows } = await active(db, run)
		.set({ status: run.status, percent: run.percent, beat_at: run.now })
		.executeTakeFirst();
	return numUpdatedRows > 0n;
}

/** How a job ended; nothing where it was cancelled meanwhile. */
export async function endSpeechJob(
	db: Database,
	run: Run,
	end: { transcriptId: string } | { message: string },
): Promise<void> {
	await active(db, run)
		.set(
			'message' in end
				? { status: 'failed', message: end.message }
				: { status: 'done', percent: 100, transcript_id: end.transcriptId },
		)
		.execute();
}

/** Ends a job that waits or runs, on whatever server. @returns false when there is none. */
export async function cancelSpeechJob(
	db: Database,
	key: { engagementId: string; sessionId: string; recordingId: string },
	message: string,
): Promise<boolean> {
	const { numUpdatedRows } = await db
		.updateTable('speech_job')
		.set({ status: 'failed', message })
		.where('engagement_id', '=', key.engagementId)
		.where('session_id', '=', key.sessionId)
		.where('recording_id', '=', key.recordingId)
		.where('status', 'in', ['waiting', 'running'])
		.executeTakeFirst();
	return numUpdatedRows > 0n;
}

function active(db: Database, run: Run) {
	return db
		.updateTable('speech_job')
		.where('engagement_id', '=', run.engagementId)
		.where('recording_id', '=', run.recordingId)
		.where('run_id', '=', run.runId)
		.where('status', 'in', ['waiting', 'running']);
}

function oldest(now: Date): Date {
	return new Date(now.getTime() - SPEECH_BEAT_LIMIT_MS);
}
