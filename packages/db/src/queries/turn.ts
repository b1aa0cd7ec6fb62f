import { sql } from 'kysely';
import type { Database } from '../types.ts';

interface Key {
	engagementId: string;
	transcriptId: string;
}

/** One turn, as edits keep it before and after. */
export interface TurnState {
	id: string;
	position: number;
	startMs: number;
	endMs: number;
	kind: 'speech' | 'missing';
	seatId: string | null;
	isFacilitator: boolean;
	isNobodys: boolean;
	promptKey: string | null;
	text: string;
	isUnclear: boolean;
	/** How it was noted; null where it was said so. */
	note: 'exact' | 'paraphrase' | null;
	/** A participant's, and nobody noted whose. */
	isRooms: boolean;
}

export interface Turn extends TurnState {
	version: number;
}

const COLUMNS = [
	'id',
	'position',
	'start_ms as startMs',
	'end_ms as endMs',
	'kind',
	'seat_id as seatId',
	'is_facilitator as isFacilitator',
	'is_nobodys as isNobodys',
	'prompt_key as promptKey',
	'text',
	'is_unclear as isUnclear',
	'note',
	'is_rooms as isRooms',
	'version',
] as const;

const CHUNK = 2000;

/** A turn's state as a record of JSON. */
const RECORD = sql.raw(`
	id uuid, position float8, "startMs" int, "endMs" int, kind text, "seatId" uuid,
	"isFacilitator" boolean, "isNobodys" boolean, "promptKey" text, text text,
	"isUnclear" boolean, note text, "isRooms" boolean
`);

/** Stores turns, each as the given version; one statement for each 2,000. */
export async function insertTurns(
	db: Database,
	key: Key,
	{ turns, version }: { turns: readonly TurnState[]; version: number },
): Promise<void> {
	for (let start = 0; start < turns.length; start += CHUNK) {
		const rows = JSON.stringify(turns.slice(start, start + CHUNK));
		await sql`
			insert into turn (
				engagement_id, transcript_id, version, id, position, start_ms, end_ms, kind, seat_id,
				is_facilitator, is_nobodys, prompt_key, text, is_unclear, note, is_rooms
			)
			select ${key.engagementId}::uuid, ${key.transcriptId}::uuid, ${version}::int, r.id,
				r.position, r."startMs", r."endMs", r.kind, r."seatId", r."isFacilitator",
				r."isNobodys", r."promptKey", r.text, r."isUnclear", r.note, r."isRooms"
			from jsonb_to_recordset(${rows}::jsonb) as r (${RECORD})
		`.execute(db);
	}
}

/** Turns in their order: from a position on or after it, before another one or up to it. */
export async function listTurns(
	db: Database,
	key: Key & {
		from?: number | undefined;
		after?: number | undefined;
		before?: number | undefined;
		to?: number;
		limit: number;
	},
): Promise<Turn[]> {
	let query = db
		.selectFrom('turn')
		.select(COLUMNS)
		.where('engagement_id', '=', key.engagementId)
		.where('transcript_id', '=', key.transcriptId)
		.orderBy('position')
		.orderBy('id')
		.limit(key.limit);
	if (key.from !== undefined) {
		query = query.where('position', '>=', key.from);
	}
	if (key.after !== undefined) {
		query = query.where('position', '>', key.after);
	}
	if (key.before !== undefined) {
		query = query.where('position', '<', key.before);
	}
	if (key.to !== undefined) {
		query = query.where('position', '<=', key.to);
	}
	return await query.execute();
}

/** Turns by their ids, in their order. */
export async function findTurns(
	db: Database,
	key: Key & { ids: readonly string[] },
): Promise<Turn[]> {
	if (key.ids.length === 0) {
		return [];
	}
	return await db
		.selectFrom('turn')
		.select(COLUMNS)
		.where('engagement_id', '=', key.engagementId)
		.where('transcript_id', '=', key.transcriptId)
		.where(sql<boolean>`id = any(${[...key.ids]}::uuid[])`)
		.orderBy('position')
		.orderBy('id')
		.execute();
}

/** The turn right after a position, or right before it. */
export async function findNeighbour(
	db: Database,
	key: Key & { position: number; side: 'before' | 'after' },
): Promise<Turn | undefined> {
	const isAfter = key.side === 'after';
	return await db
		.selectFrom('turn')
		.select(COLUMNS)
		.where('engagement_id', '=', key.engagementId)
		.where('transcript_id', '=', key.transcriptId)
		.where('position', isAfter ? '>' : '<', key.position)
		.orderBy('position', isAfter ? 'asc' : 'desc')
		.orderBy('id')
		.limit(1)
		.executeTakeFirst();
}

/** Puts the state of turns into their rows; one statement for each 2,000. */
export async function updateTurns(
	db: Database,
	key: Key,
	{ turns, version }: { turns: readonly TurnState[]; version: number },
): Promise<void> {
	for (let start = 0; start < turns.length; start += CHUNK) {
		const rows = JSON.stringify(turns.slice(start, start + CHUNK));
		await sql`
			update turn set
				version = ${version}::int, position = r.position, start_ms = r."startMs",
				end_ms = r."endMs", kind = r.kind, seat_id = r."seatId",
				is_facilitator = r."isFacilitator", is_nobodys = r."isNobodys",
				prompt_key = r."promptKey", text = r.text, is_unclear = r."isUnclear",
				note = r.note, is_rooms = r."isRooms"
			from jsonb_to_recordset(${rows}::jsonb) as r (${RECORD})
			where turn.engagement_id = ${key.engagementId}
				and turn.transcript_id = ${key.transcriptId} and turn.id = r.id
		`.execute(db);
	}
}

/**
 * The speech after a turn that stands on the same prompt as it, up to the first on another one;
 * stretches without words are passed over.
 */
export async function listRunOnPrompt(
	db: Database,
	key: Key & { position: number; promptKey: string | null; limit: number },
): Promise<Turn[]> {
	const isOther = sql<boolean>`prompt_key is distinct from ${key.promptKey}::text`;
	const behind = db
		.selectFrom('turn')
		.where('engagement_id', '=', key.engagementId)
		.where('transcript_id', '=', key.transcriptId)
		.where('kind', '=', 'speech')
		.where('position', '>', key.position);
	const other = await behind
		.select('position')
		.where(isOther)
		.orderBy('position')
		.limit(1)
		.executeTakeFirst();
	const run = behind.select(COLUMNS).orderBy('position').orderBy('id').limit(key.limit);
	return await (other ? run.where('position', '<', other.position) : run).execute();
}

export async function deleteTurns(
	db: Database,
	key: Key & { ids: readonly string[] },
): Promise<void> {
	if (key.ids.length > 0) {
		await db
			.deleteFrom('turn')
			.where('engagement_id', '=', key.engagementId)
			.where('transcript_id', '=', key.transcriptId)
			.where('id', 'in', key.ids)
			.execute();
	}
}

/** Gives turns whole-number places again, in their order, when no number fits between two of them. */
export async function renumberTurns(db: Database, key: Key): Promise<void> {
	await sql`
		update turn set position = r.place
		from (
			select id, row_number() over (order by position, id) as place from turn
			where engagement_id = ${key.engagementId} and transcript_id = ${key.transcriptId}
		) r
		where turn.engagement_id = ${key.engagementId} and turn.transcript_id = ${key.transcriptId}
			and turn.id = r.id
	`.execute(db);
}
