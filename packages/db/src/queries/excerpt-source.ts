import { sql } from 'kysely';

/** Where spoken words come from, before anything is left out. */
export interface DialogOrigin {
	/** The prompt the group was given; null when the words belong to none. */
	prompt: string | null;
	site: string;
	/** The student group's name. Shown only where enough took part. */
	group: string | null;
	participants: number | null;
	/** The least number of people a figure or a name may stand on. */
	minN: number;
	/** How it was noted; null where it was said so. */
	note: 'exact' | 'paraphrase' | null;
}

/** The question of excerpt `e` in every language of its survey; null for spoken words. */
export const questionOfExcerpt = sql`(
	select q -> 'text'
	from survey_window w
	join survey_version v on v.engagement_id = w.engagement_id and v.id = w.survey_version_id
	cross join lateral jsonb_array_elements(v.definition -> 'questions') q
	where w.engagement_id = e.engagement_id and w.id = e.window_id
		and q ->> 'id' = e.question_id
)`;

/** The prompt that excerpt `e` of session `s` answers, in words; null when it belongs to none. */
export const promptOfExcerpt = sql`(
	select coalesce(p -> 'text' ->> 'en', p ->> 'text')
	from dialog_guide_version g
	cross join lateral jsonb_array_elements(
		case jsonb_typeof(g.body -> 'prompts') when 'array' then g.body -> 'prompts' else '[]' end
	) p
	where g.engagement_id = s.engagement_id and g.id = s.guide_version_id
		and p ->> 'key' = e.prompt_key
	limit 1
)`;

/** The dialog session of excerpt `e`, as DialogOrigin; null for answers. */
export const dialogOfExcerpt = sql`(
	select jsonb_build_object(
		'prompt', ${promptOfExcerpt},
		'site', t.name,
		'group', sg.name,
		'participants', s.participants,
		'minN', n.min_n,
		'note', e.note
	)
	from dialog_session s
	join site t on t.id = s.site_id
	join engagement n on n.id = s.engagement_id
	left join student_group sg
		on sg.engagement_id = s.engagement_id and sg.id = s.student_group_id
	where s.engagement_id = e.engagement_id and s.id = e.session_id
)`;
