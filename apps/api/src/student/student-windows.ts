import {
	findWindowByLink,
	listCohortPlaces,
	listNewestNotices,
} from '@throughline/db/queries/student-window';
import {
	compileSurvey,
	type LocalText,
	type Survey,
	surveyDefinitionSchema,
} from '@throughline/survey-engine';
import { z } from 'zod';
import type { Deps } from '../deps.ts';
import { AppError } from '../errors.ts';
import { type Notice, noticeSchema } from './notices.ts';

/** How long a window is remembered: a change shows within this time, in milliseconds. */
const REMEMBERED_FOR = 2000;
const MAX_REMEMBERED = 50;

/** A survey window as its student pages need it: compiled once, shared by every request. */
export interface StudentWindow {
	engagementId: string;
	windowId: string;
	link: string;
	status: 'draft' | 'open' | 'closed' | 'opened';
	opensAt: Date;
	closesAt: Date;
	epoch: number;
	/** What tells the right epoch key from another; null before the first answer. */
	canary: Buffer | null;
	timezone: string;
	district: string;
	isSynthetic: boolean;
	survey: Survey;
	surveyHash: string;
	noticeHash: string;
	notices: { start: Notice; openText: Notice | undefined; end: Notice | undefined };
	/** Words for the placeholders of notices: `{{district}}` and the like. */
	placeholders: Record<string, LocalText>;
	/** Where the results will be, on this server. */
	resultsPath: string;
	/** Languages a student may choose: reviewed ones only. */
	languages: string[];
	/** Grade of each cohort, by cohort id; null for cohorts without one. */
	gradeOf: Map<string, string | null>;
}

export interface StudentWindows {
	/** @throws AppError `survey_not_found` when no window has this link. */
	find(link: string): Promise<StudentWindow>;
}

/** Looks windows up by their link and remembers them for two seconds. */
export function createStudentWindows(deps: Pick<Deps, 'db' | 'clock'>): StudentWindows {
	const remembered = new Map<string, { until: number; window: Promise<StudentWindow> }>();
	const surveys = new Map<string, Survey>();

	return {
		find(link) {
			const now = deps.clock().getTime();
			const known = remembered.get(link);
			if (known && known.until > now) {
				return known.window;
			}
			if (remembered.size >= MAX_REMEMBERED) {
				remembered.clear();
			}
			const window = readWindow(deps, link, surveys);
			remembered.set(link, { until: now + REMEMBERED_FOR, window });
			// Nothing is remembered of a link that leads nowhere.
			window.catch(() => remembered.delete(link));
			return window;
		},
	};
}

async function readWindow(
	deps: Pick<Deps, 'db'>,
	link: string,
	surveys: Map<string, Survey>,
): Promise<StudentWindow> {
	const row = await findWindowByLink(deps.db, link);
	if (!row) {
		throw new AppError(
			'survey_not_found',
			404,
			'There is no survey at this address. Check the address on your slip.',
		);
	}
	const key = { engagementId: row.engagement_id, windowId: row.id };
	const [notices, cohorts] = await Promise.all([
		listNewestNotices(deps.db, row.engagement_id),
		listCohortPlaces(deps.db, key),
	]);
	const survey = surveys.get(row.definition_hash) ?? compile(row.definition);
	surveys.set(row.definition_hash, survey);
	const noticeOf = (kind: string) => notices.find((notice) => notice.key.includes(kind))?.body;
	const inline = noticeOf('student_open_text');
	const end = noticeOf('student_end');
	return {
		...key,
		link,
		status: row.status,
		opensAt: row.opens_at,
		closesAt: row.closes_at,
		epoch: row.epoch,
		canary: row.canary,
		timezone: row.timezone,
		district: row.district_name,
		isSynthetic: row.is_synthetic,
		survey,
		surveyHash: row.definition_hash,
		noticeHash: row.notice_hash,
		notices: {
			start: noticeSchema.parse(row.notice),
			openText: inline === undefined ? undefined : noticeSchema.parse(inline),
			end: end === undefined ? undefined : noticeSchema.parse(end),
		},
		placeholders: placeholdersOf(row),
		resultsPath: `/e/${row.engagement_slug}`,
		languages: survey.languages
			.filter((language) => language.status === 'reviewed')
			.map((language) => language.code),
		gradeOf: new Map(cohorts.map((cohort) => [cohort.id, cohort.grade])),
	};
}

function compile(definition: unknown): Survey {
	return compileSurvey(surveyDefinitionSchema.parse(definition));
}

const text = z.record(z.string(), z.string());
const detailsSchema = z.record(z.string(), z.unknown());
const noticeWordsSchema = z.record(z.string(), text);

/** What a district says of itself fills its notices, `noticeWords` in several languages. */
function placeholdersOf(row: {
	district_name: string;
	district_details: unknown;
	min_n: number;
}): Record<string, LocalText> {
	const details = detailsSchema.safeParse(row.district_details).data ?? {};
	const plain = Object.entries(details).flatMap(([name, value]) =>
		typeof value === 'string' ? [[name, { en: value }] as const] : [],
	);
	return {
		...Object.fromEntries(plain),
		...noticeWordsSchema.safeParse(details['noticeWords']).data,
		district: { en: row.district_name },
		min_n: { en: String(row.min_n) },
	};
}
