import type { TurnEditTable } from '../schema.ts';
import type { Database } from '../types.ts';

interface Key {
	engagementId: string;
	transcriptId: string;
	personId: string;
}

export type EditKind = TurnEditTable['kind'];

export interface StoredEdit {
	id: string;
	kind: EditKind;
	before: unknown;
	after: unknown;
}

export async function insertEdit(
	db: Database,
	key: Key,
	edit: { id: string; kind: EditKind; before: unknown; after: unknown },
): Promise<void> {
	await db
		.insertInto('turn_edit')
		.values({
			engagement_id: key.engagementId,
			id: edit.id,
			transcript_id: key.transcriptId,
			person_id: key.personId,
			kind: edit.kind,
			before: JSON.stringify(edit.before),
			after: JSON.stringify(edit.after),
			is_undone: false,
		})
		.execute();
}

/**
 * What undo or redo of this person comes to: their last edit that stands, or the first one they
 * undid after it. A new edit puts everything undone before it out of reach.
 */
export async function findEditStep(
	db: Database,
	key: Key,
	direction: 'undo' | 'redo',
): Promise<StoredEdit | undefined> {
	const own = db
		.selectFrom('turn_edit')
		.select(['id', 'kind', 'before', 'after'])
		.where('engagement_id', '=', key.engagementId)
		.where('transcript_id', '=', key.transcriptId)
		.where('person_id', '=', key.personId);
	const last = await own
		.where('is_undone', '=', false)
		.orderBy('id', 'desc')
		.limit(1)
		.executeTakeFirst();
	if (direction === 'undo') {
		return last;
	}
	const undone = own.where('is_undone', '=', true).orderBy('id').limit(1);
	return await (last ? undone.where('id', '>', last.id) : undone).executeTakeFirst();
}

export async function markUndone(
	db: Database,
	key: { engagementId: string; editId: string; isUndone: boolean },
): Promise<void> {
	await db
		.updateTable('turn_edit')
		.set({ is_undone: key.isUndone })
		.where('engagement_id', '=', key.engagementId)
		.where('id', '=', key.editId)
		.execute();
}
