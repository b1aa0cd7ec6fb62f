import type { SiteWithGrades } from '@throughline/db/queries/site';
import type { listStartNotices, listSurveyVersions } from '@throughline/db/queries/survey';
import { localText } from '@throughline/survey-engine';
import type { WindowOptions } from '../routes/windows/schema.ts';
import { noticeSchema, noticeText } from '../student/notices.ts';

const SUMMARY_LENGTH = 140;

/** What a window can be made of: published surveys and notices for students, schools. */
export function presentWindowOptions(found: {
	versions: Awaited<ReturnType<typeof listSurveyVersions>>;
	notices: Awaited<ReturnType<typeof listStartNotices>>;
	sites: SiteWithGrades[];
	timezone: string;
	/** The name of the district, which notices speak of. */
	district: string;
}): WindowOptions {
	return {
		surveys: found.versions
			.filter(({ publishedAt, audience }) => publishedAt !== null && audience === 'students')
			.map(({ id, title, number }) => ({ id, title: localText(title, 'en', 'en').text, number })),
		notices: found.notices.map(({ id, key, number, body }) => ({
			id,
			key,
			number,
			summary: summaryOf(body, found.district),
		})),
		sites: found.sites.map(({ id, name, level, grades }) => ({
			id,
			name,
			level,
			enrolled: grades.reduce((sum, { enrolled }) => sum + enrolled, 0),
		})),
		timezone: found.timezone,
	};
}

/** The first words of a notice, so that one can be told from another. */
function summaryOf(body: unknown, district: string): string {
	const wording = { language: 'en', fallback: 'en', placeholders: { district: { en: district } } };
	const text = noticeText(noticeSchema.parse(body), wording)?.text ?? '';
	return text.length > SUMMARY_LENGTH ? `${text.slice(0, SUMMARY_LENGTH).trimEnd()}…` : text;
}
