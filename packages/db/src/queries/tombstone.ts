import { sql } from 'kysely';
import { json } from '../open-values.ts';
import type { TombstoneKind } from '../schema.ts';
import type { Database } from '../types.ts';

export interface Tombstone {
	id: string;
	engagementId: string;
	kind: TombstoneKind;
	/** The seat, excerpt, note, recording, cut or window; the person whose role it was; the invitation. */
	target: string;
	detail: Record<string, unknown>;
}

/** Everything that was taken back, deleted or shredded, in the order of ids, a page at a time. */
export async function listTombstones(
	db: Database,
	page: { after: string | null; limit: number; isPending?: boolean },
): Promise<Tombstone[]> {
	const { after, limit, isPending } = page;
	return await db
		.selectFrom('tombstone')
		.select(['id', 'engagement_id as engagementId', 'kind', 'target', 'detail'])
		.$if(after !== null, (query) => query.where('id', '>', after))
		.$if(isPending !== undefined, (query) => query.where('is_pending', '=', isPending === true))
		.orderBy('id')
		.limit(limit)
		.execute();
}

/** Writes down what an older backup does not know; what it names has to go again. */
export async function addPendingTombstones(
	db: Database,
	tombstones: readonly Tombstone[],
): Promise<void> {
	if (tombstones.length === 0) {
		return;
	}
	await db
		.insertInto('tombstone')
		.values(
			tombstones.map(({ engagementId, detail, ...rest }) => ({
				...rest,
				engagement_id: engagementId,
				detail: json(detail),
				is_pending: true,
			})),
		)
		.onConflict((conflict) => conflict.column('id').doNothing())
		.execute();
}

/** What it names is gone again. */
export async function settleTombstone(db: Database, id: string): Promise<void> {
	await db.updateTable('tombstone').set({ is_pending: false }).where('id', '=', id).execute();
}

/** Puts a note out of sight again. */
export async function deleteNote(
	db: Database,
	key: { engagementId: string; id: string; at: Date },
): Promise<void> {
	await db
		.updateTable('dialog_note')
		.set({ deleted_at: key.at })
		.where('engagement_id', '=', key.engagementId)
		.where('id', '=', key.id)
		.where('deleted_at', 'is', null)
		.execute();
}

/** Silences a stretch again, where its recording is there. */
export async function cutAgain(
	db: Database,
	cut: {
		engagementId: string;
		id: string;
		recordingId: string;
		startMs: number;
		endMs: number;
		reason: 'asked' | 'withdrawn';
	},
): Promise<void> {
	await sql`
		insert into recording_cut (engagement_id, id, recording_id, start_ms, end_ms, reason)
		select engagement_id, ${cut.id}, id, ${cut.startMs}, ${cut.endMs}, ${cut.reason}
		from recording
		where engagement_id = ${cut.engagementId} and id = ${cut.recordingId}
		on conflict do nothing
	`.execute(db);
}

/**
 * Takes away what a destroyed key sealed and nobody can open any more.
 * @returns how many envelopes that were; their responses are in newer backups alone.
 */
export async function deleteSealed(
	db: Database,
	window: { engagementId: string; windowId: string; epoch: number },
): Promise<number> {
	const gone = await db
		.deleteFrom('envelope')
		.where('engagement_id', '=', window.engagementId)
		.where('window_id', '=', window.windowId)
		.where('epoch', '=', window.epoch)
		.executeTakeFirst();
	await db
		.deleteFrom('draft')
		.where('engagement_id', '=', window.engagementId)
		.where('window_id', '=', window.windowId)
		.execute();
	return Number(gone.numDeletedRows);
}
