import { sql } from 'kysely';
import type { Database } from '../types.ts';

interface Key {
	engagementId: string;
	transcriptId: string;
}

export interface TurnBlock {
	/** The place of its first turn; it ends where the next block begins. */
	from: number;
	count: number;
	startMs: number;
}

/** A transcript in blocks of about `size` turns: enough to draw its length before it is read. */
export async function outlineTurns(
	db: Database,
	key: Key & { size: number },
): Promise<TurnBlock[]> {
	const { rows } = await sql<TurnBlock>`
		select min(position) as "from", count(*)::int as count, min(start_ms) as "startMs"
		from (
			select position, start_ms, (row_number() over (order by position, id) - 1) / ${key.size}::int
				as block
			from turn
			where engagement_id = ${key.engagementId} and transcript_id = ${key.transcriptId}
		) t
		group by block order by block
	`.execute(db);
	return rows;
}

export interface TurnCounts {
	turns: number;
	/** Speech that belongs to no seat, no facilitator, and was not called nobody's. */
	unassigned: number;
}

export async function countTurns(db: Database, key: Key): Promise<TurnCounts> {
	const { rows } = await sql<TurnCounts>`
		select count(*)::int as turns, count(*) filter (
			where kind = 'speech' and seat_id is null and not is_facilitator and not is_nobodys
				and not is_rooms
		)::int as unassigned
		from turn
		where engagement_id = ${key.engagementId} and transcript_id = ${key.transcriptId}
	`.execute(db);
	return rows[0] ?? { turns: 0, unassigned: 0 };
}

/** The first turn from a position on that nobody was given. */
export async function findUnassigned(
	db: Database,
	key: Key & { from: number },
): Promise<{ id: string; position: number } | undefined> {
	return await db
		.selectFrom('turn')
		.select(['id', 'position'])
		.where('engagement_id', '=', key.engagementId)
		.where('transcript_id', '=', key.transcriptId)
		.where('position', '>=', key.from)
		.where('kind', '=', 'speech')
		.where('seat_id', 'is', null)
		.where('is_facilitator', '=', false)
		.where('is_nobodys', '=', false)
		.where('is_rooms', '=', false)
		.orderBy('position')
		.orderBy('id')
		.limit(1)
		.executeTakeFirst();
}
