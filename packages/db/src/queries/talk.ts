import type { SpeakingEvent } from '@throughline/analysis/dialog';
import { sql } from 'kysely';
import type { Database } from '../types.ts';

interface SessionKey {
	engagementId: string;
	sessionId: string;
}

/** A session that was held, for figures of how talk was shared. */
export interface HeldSession {
	id: string;
	key: string;
	site: string;
	startsAt: Date;
	/** The district's: a session is held on a day of its calendar. */
	timezone: string;
	participants: number | null;
}

/** Sessions that were held, newest first. */
export async function listHeldSessions(
	db: Database,
	engagementId: string,
	page: { limit: number; offset: number },
): Promise<HeldSession[]> {
	return await db
		.selectFrom('dialog_session as s')
		.innerJoin('site as t', 't.id', 's.site_id')
		.innerJoin('district as d', 'd.id', 't.district_id')
		.select(['s.id', 's.key', 't.name as site', 's.starts_at as startsAt', 's.participants'])
		.select('d.timezone')
		.where('s.engagement_id', '=', engagementId)
		.where('s.status', '=', 'held')
		.orderBy('s.starts_at', 'desc')
		.orderBy('s.id')
		.limit(page.limit)
		.offset(page.offset)
		.execute();
}

/**
 * Who spoke when in a session: the turns of its transcripts, or what was marked on the tablet where
 * there are none. Words themselves are not read, only how many.
 */
export async function listTalk(db: Database, key: SessionKey): Promise<SpeakingEvent[]> {
	const turns = await sql<SpeakingEvent>`
		select t.start_ms as "startMs", t.end_ms as "endMs", t.seat_id as "seatId",
			t.is_facilitator as "isFacilitator", t.prompt_key as "promptKey",
			coalesce(array_length(regexp_split_to_array(trim(t.text), '\\s+'), 1), 0) as words
		from turn t
		join transcript x on x.engagement_id = t.engagement_id and x.id = t.transcript_id
		where x.engagement_id = ${key.engagementId} and x.session_id = ${key.sessionId}
			and t.kind = 'speech'
		order by t.start_ms, t.id
	`.execute(db);
	if (turns.rows.length > 0) {
		return turns.rows;
	}
	const marks = await sql<SpeakingEvent>`
		select e.start_ms as "startMs", coalesce(e.end_ms, e.start_ms) as "endMs",
			e.seat_id as "seatId", e.kind = 'facilitator' as "isFacilitator",
			e.prompt_key as "promptKey"
		from dialog_event e
		where e.engagement_id = ${key.engagementId} and e.session_id = ${key.sessionId}
			and e.kind in ('speaking', 'facilitator')
		order by e.start_ms, e.id
	`.execute(db);
	return marks.rows;
}

/** The prompts of a session's guide in their order, with those that were opened. */
export async function listPromptsOf(
	db: Database,
	key: SessionKey,
): Promise<{ key: string; text: string; isAsked: boolean }[]> {
	const result = await sql<{ key: string; text: string; isAsked: boolean }>`
		select p.value ->> 'key' as key,
			coalesce(p.value -> 'text' ->> 'en', p.value ->> 'text', '') as text,
			exists (
				select from dialog_event e
				where e.engagement_id = s.engagement_id and e.session_id = s.id
					and e.kind = 'prompt' and e.prompt_key = p.value ->> 'key'
			) or exists (
				select from turn t
				join transcript x on x.engagement_id = t.engagement_id and x.id = t.transcript_id
				where x.engagement_id = s.engagement_id and x.session_id = s.id
					and t.prompt_key = p.value ->> 'key'
			) as "isAsked"
		from dialog_session s
		join dialog_guide_version g
			on g.engagement_id = s.engagement_id and g.id = s.guide_version_id
		cross join lateral jsonb_array_elements(
			case jsonb_typeof(g.body -> 'prompts') when 'array' then g.body -> 'prompts' else '[]' end
		) with ordinality p
		where s.engagement_id = ${key.engagementId} and s.id = ${key.sessionId}
		order by p.ordinality
		limit 100
	`.execute(db);
	return result.rows;
}
