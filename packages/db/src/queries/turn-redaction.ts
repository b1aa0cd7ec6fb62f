import { sql } from 'kysely';
import type { Database } from '../types.ts';

interface Key {
	engagementId: string;
	transcriptId: string;
}

/** A span of a turn that must not be read, or was looked at; places in code points. */
export interface RedactionState {
	id: string;
	turnId: string;
	start: number;
	end: number;
	kind: string;
	source: 'suggested' | 'by_hand';
	status: 'suggested' | 'accepted' | 'rejected';
	decidedBy: string | null;
	/** ISO. */
	decidedAt: string | null;
}

const CHUNK = 2000;

/** Stores redactions; one that is there takes the given state. */
export async function putRedactions(
	db: Database,
	key: Key,
	redactions: readonly RedactionState[],
): Promise<void> {
	for (let start = 0; start < redactions.length; start += CHUNK) {
		const rows = JSON.stringify(redactions.slice(start, start + CHUNK));
		await sql`
			insert into turn_redaction (
				engagement_id, transcript_id, id, turn_id, start_at, end_at, kind, source, status,
				decided_by, decided_at
			)
			select ${key.engagementId}::uuid, ${key.transcriptId}::uuid, r.id, r."turnId", r.start,
				r."end", r.kind, r.source, r.status, r."decidedBy", r."decidedAt"
			from jsonb_to_recordset(${rows}::jsonb) as r (
				id uuid, "turnId" uuid, start int, "end" int, kind text, source text, status text,
				"decidedBy" uuid, "decidedAt" timestamptz
			)
			on conflict (engagement_id, id) do update set
				turn_id = excluded.turn_id, start_at = excluded.start_at, end_at = excluded.end_at,
				kind = excluded.kind, source = excluded.source, status = excluded.status,
				decided_by = excluded.decided_by, decided_at = excluded.decided_at
		`.execute(db);
	}
}

export async function deleteRedactions(
	db: Database,
	key: Key & { ids: readonly string[] },
): Promise<void> {
	if (key.ids.length > 0) {
		await db
			.deleteFrom('turn_redaction')
			.where('engagement_id', '=', key.engagementId)
			.where('transcript_id', '=', key.transcriptId)
			.where('id', 'in', key.ids)
			.execute();
	}
}

function select(db: Database, key: Key) {
	return db
		.selectFrom('turn_redaction as r')
		.select((expression) => [
			'r.id',
			'r.turn_id as turnId',
			'r.start_at as start',
			'r.end_at as end',
			'r.kind',
			'r.source',
			'r.status',
			'r.decided_by as decidedBy',
			expression.ref('r.decided_at').as('decidedAt'),
		])
		.where('r.engagement_id', '=', key.engagementId)
		.where('r.transcript_id', '=', key.transcriptId);
}

/** The redactions of these turns, in the order of their words. */
export async function listRedactions(
	db: Database,
	key: Key & { turnIds: readonly string[] },
): Promise<RedactionState[]> {
	if (key.turnIds.length === 0) {
		return [];
	}
	const rows = await select(db, key)
		.where(sql<boolean>`r.turn_id = any(${[...key.turnIds]}::uuid[])`)
		.orderBy('r.turn_id')
		.orderBy('r.start_at')
		.orderBy('r.id')
		.execute();
	return rows.map(stateOf);
}

export async function findRedaction(
	db: Database,
	key: Key & { redactionId: string },
): Promise<RedactionState | undefined> {
	const row = await select(db, key).where('r.id', '=', key.redactionId).executeTakeFirst();
	return row && stateOf(row);
}

/** Undecided redactions over the same words, whatever their case. */
export async function listSameWords(
	db: Database,
	key: Key & { redaction: RedactionState; limit: number },
): Promise<RedactionState[]> {
	const words = sql`lower(substr(t.text, r.start_at + 1, r.end_at - r.start_at))`;
	const rows = await select(db, key)
		.innerJoin('turn as t', (join) =>
			join.onRef('t.engagement_id', '=', 'r.engagement_id').onRef('t.id', '=', 'r.turn_id'),
		)
		.where('r.status', '=', 'suggested')
		.where(
			sql<boolean>`${words} = (
				select lower(substr(o.text, ${key.redaction.start}::int + 1,
					${key.redaction.end - key.redaction.start}::int))
				from turn o
				where o.engagement_id = ${key.engagementId} and o.id = ${key.redaction.turnId}
			)`,
		)
		.orderBy('t.position')
		.orderBy('r.id')
		.limit(key.limit)
		.execute();
	return rows.map(stateOf);
}

/** The names that are hidden somewhere in a transcript, or may have to be. */
export async function listNamesHidden(
	db: Database,
	key: Key & { limit: number },
): Promise<string[]> {
	const { rows } = await sql<{ words: string }>`
		select distinct substr(t.text, r.start_at + 1, r.end_at - r.start_at) as words
		from turn_redaction r
		join turn t on t.engagement_id = r.engagement_id and t.id = r.turn_id
		where r.engagement_id = ${key.engagementId} and r.transcript_id = ${key.transcriptId}
			and r.kind = 'name' and r.status <> 'rejected'
		order by words
		limit ${key.limit}
	`.execute(db);
	return rows.map(({ words }) => words);
}

export async function countUndecided(db: Database, key: Key): Promise<number> {
	const { n } = await db
		.selectFrom('turn_redaction')
		.select((expression) => expression.fn.countAll<number>().as('n'))
		.where('engagement_id', '=', key.engagementId)
		.where('transcript_id', '=', key.transcriptId)
		.where('status', '=', 'suggested')
		.executeTakeFirstOrThrow();
	return Number(n);
}

/** The first undecided redaction in a turn from a position on. */
export async function findUndecided(
	db: Database,
	key: Key & { from: number },
): Promise<{ id: string; position: number; redactionId: string } | undefined> {
	return await db
		.selectFrom('turn_redaction as r')
		.innerJoin('turn as t', (join) =>
			join.onRef('t.engagement_id', '=', 'r.engagement_id').onRef('t.id', '=', 'r.turn_id'),
		)
		.select(['t.id', 't.position', 'r.id as redactionId'])
		.where('r.engagement_id', '=', key.engagementId)
		.where('r.transcript_id', '=', key.transcriptId)
		.where('r.status', '=', 'suggested')
		.where('t.position', '>=', key.from)
		.orderBy('t.position')
		.orderBy('r.start_at')
		.orderBy('r.id')
		.limit(1)
		.executeTakeFirst();
}

export interface LoggedRedaction {
	id: string;
	transcriptId: string;
	sessionId: string;
	sessionKey: string;
	/** Null once whoever said them took back everything. */
	words: string | null;
	kind: string;
	source: 'suggested' | 'by_hand';
	status: 'suggested' | 'accepted' | 'rejected';
	decidedBy: string | null;
	decidedAt: Date | null;
	language: string;
	isInExcerpt: boolean;
}

/** What was hidden or kept in an engagement's transcripts, by whom: the newest decision first. */
export async function listRedactionLog(
	db: Database,
	key: { engagementId: string; limit: number; offset: number },
): Promise<LoggedRedaction[]> {
	return await db
		.selectFrom('turn_redaction as r')
		.innerJoin('turn as t', (join) =>
			join.onRef('t.engagement_id', '=', 'r.engagement_id').onRef('t.id', '=', 'r.turn_id'),
		)
		.innerJoin('transcript as s', (join) =>
			join.onRef('s.engagement_id', '=', 'r.engagement_id').onRef('s.id', '=', 'r.transcript_id'),
		)
		.innerJoin('dialog_session as d', (join) =>
			join.onRef('d.engagement_id', '=', 'r.engagement_id').onRef('d.id', '=', 's.session_id'),
		)
		.leftJoin('dialog_seat as e', (join) =>
			join.onRef('e.engagement_id', '=', 't.engagement_id').onRef('e.id', '=', 't.seat_id'),
		)
		.leftJoin('person as p', 'p.id', 'r.decided_by')
		.select([
			'r.id',
			'r.transcript_id as transcriptId',
			's.session_id as sessionId',
			'd.key as sessionKey',
			sql<string | null>`case when e.withdrawn_at is null then
				substr(t.text, r.start_at + 1, r.end_at - r.start_at) end`.as('words'),
			'r.kind',
			'r.source',
			'r.status',
			'p.name as decidedBy',
			'r.decided_at as decidedAt',
			's.language',
			sql<boolean>`exists (
				select 1 from turn_span x
				join turn a on a.engagement_id = x.engagement_id and a.id = x.start_turn_id
				join turn z on z.engagement_id = x.engagement_id and z.id = x.end_turn_id
				where x.engagement_id = r.engagement_id and x.transcript_id = r.transcript_id
					and t.position between a.position and z.position
					and (a.id <> t.id or r.end_at > x.start_at)
					and (z.id <> t.id or r.start_at < x.end_at)
			)`.as('isInExcerpt'),
		])
		.where('r.engagement_id', '=', key.engagementId)
		.where('r.status', '<>', 'suggested')
		.orderBy('r.decided_at', (order) => order.desc().nullsLast())
		.orderBy('r.id', 'desc')
		.limit(key.limit)
		.offset(key.offset)
		.execute();
}

function stateOf(
	row: Omit<RedactionState, 'decidedAt'> & { decidedAt: Date | null },
): RedactionState {
	return { ...row, decidedAt: row.decidedAt?.toISOString() ?? null };
}
