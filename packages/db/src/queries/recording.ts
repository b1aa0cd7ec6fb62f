import type { Selectable } from 'kysely';
import { json } from '../open-values.ts';
import type { RecordingManifest, RecordingTable } from '../schema.ts';
import type { Database } from '../types.ts';

interface RecordingKey {
	engagementId: string;
	recordingId: string;
}

const COLUMNS = [
	'engagement_id',
	'id',
	'session_id',
	'device_id',
	'label',
	'table_no',
	'mime',
	'status',
	'started_at',
	'offset_ms',
	'duration_ms',
	'bytes',
	'sha256',
	'manifest',
	'progress',
	'problem',
	'delete_after',
	'deleted_at',
	'created_at',
] as const;

export type Recording = Pick<Selectable<RecordingTable>, (typeof COLUMNS)[number]>;

export interface AnnouncedRecording {
	engagementId: string;
	id: string;
	sessionId: string;
	deviceId: string | null;
	label: string;
	tableNo: number | null;
	mime: string;
	startedAt: Date;
	offsetMs: number;
	manifest: RecordingManifest;
	deleteAfter: string;
	createdBy: string;
}

/** One recording, a deleted one too, or undefined. */
export async function findRecording(
	db: Database,
	key: RecordingKey,
): Promise<Recording | undefined> {
	return await db
		.selectFrom('recording')
		.select(COLUMNS)
		.where('engagement_id', '=', key.engagementId)
		.where('id', '=', key.recordingId)
		.executeTakeFirst();
}

/** The recordings of a session, in the order they began. */
export async function listRecordings(
	db: Database,
	key: { engagementId: string; sessionId: string; limit: number },
): Promise<Recording[]> {
	return await db
		.selectFrom('recording')
		.select(COLUMNS)
		.where('engagement_id', '=', key.engagementId)
		.where('session_id', '=', key.sessionId)
		.orderBy('offset_ms')
		.orderBy('id')
		.limit(key.limit)
		.execute();
}

/** Stores what a device announces. A recording that is there stays as it is. */
export async function insertRecording(db: Database, recording: AnnouncedRecording): Promise<void> {
	await db
		.insertInto('recording')
		.values({
			engagement_id: recording.engagementId,
			id: recording.id,
			session_id: recording.sessionId,
			device_id: recording.deviceId,
			label: recording.label,
			table_no: recording.tableNo,
			mime: recording.mime,
			status: 'announced',
			started_at: recording.startedAt,
			offset_ms: recording.offsetMs,
			manifest: json(recording.manifest),
			progress: 0,
			delete_after: recording.deleteAfter,
			created_by: recording.createdBy,
		})
		.onConflict((conflict) => conflict.columns(['engagement_id', 'id']).doNothing())
		.execute();
}

/** Replaces the manifest of a recording whose sound has not arrived. */
export async function announceAgain(
	db: Database,
	key: RecordingKey & { manifest: RecordingManifest },
): Promise<void> {
	await db
		.updateTable('recording')
		.set({ manifest: json(key.manifest) })
		.where('engagement_id', '=', key.engagementId)
		.where('id', '=', key.recordingId)
		.where('status', '=', 'announced')
		.execute();
}

/** The sound is on the server's disk, whole. */
export async function markReceived(
	db: Database,
	key: RecordingKey & { bytes: number; sha256: string; mime: string },
): Promise<void> {
	await db
		.updateTable('recording')
		.set({ status: 'received', bytes: key.bytes, sha256: key.sha256, mime: key.mime })
		.where('engagement_id', '=', key.engagementId)
		.where('id', '=', key.recordingId)
		.where('status', '=', 'announced')
		.execute();
}

/** How the work on a recording stands, or how it ended. Deleted ones stay deleted. */
export async function updateRecording(
	db: Database,
	key: RecordingKey,
	change: {
		status?: 'received' | 'ready' | 'failed';
		progress?: number;
		problem?: string | null;
		duration_ms?: number;
	},
): Promise<void> {
	await db
		.updateTable('recording')
		.set(change)
		.where('engagement_id', '=', key.engagementId)
		.where('id', '=', key.recordingId)
		.where('status', '!=', 'deleted')
		.execute();
}

/** Ends a recording; its manifest stays, so that one can see what there was. */
export async function markDeleted(db: Database, key: RecordingKey & { now: Date }): Promise<void> {
	await db
		.updateTable('recording')
		.set({ status: 'deleted', deleted_at: key.now })
		.where('engagement_id', '=', key.engagementId)
		.where('id', '=', key.recordingId)
		.execute();
}

/** Recordings whose sound is here: the work on them may be due. */
export async function listArrivedRecordings(
	db: Database,
	page: { after: string | null; limit: number },
): Promise<Recording[]> {
	return await db
		.selectFrom('recording')
		.select(COLUMNS)
		.where('status', 'in', ['received', 'ready'])
		.$if(page.after !== null, (query) => query.where('id', '>', page.after ?? ''))
		.orderBy('id')
		.limit(page.limit)
		.execute();
}

/** Recordings whose sound is here and stays for now: what a backup may hold. */
export async function listKeptRecordings(db: Database): Promise<RecordingKey[]> {
	return await db
		.selectFrom('recording')
		.select(['engagement_id as engagementId', 'id as recordingId'])
		.where('status', 'in', ['received', 'ready'])
		.orderBy('id')
		.execute();
}

export interface CutRow {
	id: string;
	start_ms: number;
	end_ms: number;
	reason: 'asked' | 'withdrawn' | 'redacted';
}
