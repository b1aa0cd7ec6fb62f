import { type Kysely, sql } from 'kysely';

/**
 * Finishing a response in one round trip: thousands press Finish when the bell rings, and what a
 * submission costs is mostly its way to the database and back. The lock is the window's: submissions
 * share it, closing takes it alone, so a window cannot close between its check and the commit. Each
 * statement of the function sees what was committed before it (read committed).
 */
export async function up(db: Kysely<unknown>): Promise<void> {
	await sql
		.raw(
			`
		create function submit_envelope(
			for_engagement uuid, for_window uuid, spent_code bytea, sid bytea,
			envelope_id uuid, for_cohort uuid, in_epoch int, sealed bytea
		) returns text language plpgsql as $function$
		declare
			known record;
		begin
			perform pg_advisory_xact_lock_shared(hashtextextended(for_window::text, 0));
			update access_code c set state = 1, sid_hash = sid
			where c.engagement_id = for_engagement and c.window_id = for_window
				and c.code_hash = spent_code and c.state = 0
				and exists (
					select from survey_window w
					where w.engagement_id = for_engagement and w.id = for_window and w.status = 'open'
				);
			if not found then
				select c.state, c.sid_hash into known from access_code c
				where c.engagement_id = for_engagement and c.window_id = for_window
					and c.code_hash = spent_code;
				if not found then
					return 'unknown';
				elsif known.state = 0 then
					return 'closed';
				elsif known.sid_hash = sid then
					return 'repeated';
				end if;
				return 'spent';
			end if;
			insert into envelope (engagement_id, id, window_id, cohort_id, epoch, body)
			values (for_engagement, envelope_id, for_window, for_cohort, in_epoch, sealed);
			delete from draft d
			where d.engagement_id = for_engagement and d.window_id = for_window
				and d.code_hash = spent_code;
			return 'stored';
		end
		$function$`,
		)
		.execute(db);
}
