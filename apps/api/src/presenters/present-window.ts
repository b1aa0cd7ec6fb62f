import type { WindowCohort } from '@throughline/db/queries/cohort';
import type { findWindow } from '@throughline/db/queries/survey-window';
import { localText } from '@throughline/survey-engine';
import type { WindowDetail, WindowView } from '../routes/windows/schema.ts';
import { localTime } from './local-time.ts';

type WindowRow = NonNullable<Awaited<ReturnType<typeof findWindow>>>;

export function presentWindow(window: WindowRow, timezone: string): WindowView {
	return {
		id: window.id,
		label: window.label,
		status: window.status,
		source: window.source,
		survey: {
			versionId: window.surveyVersionId,
			title: localText(window.surveyTitle, 'en', 'en').text,
			number: window.surveyNumber,
		},
		opensAt: localTime(window.opensAt, timezone),
		closesAt: localTime(window.closesAt, timezone),
	};
}

export function presentWindowDetail(
	window: WindowRow,
	parts: { cohorts: WindowCohort[]; timezone: string; origin: string },
): WindowDetail {
	const { cohorts, timezone, origin } = parts;
	const sites = new Map(cohorts.map((cohort) => [cohort.siteId, cohort.site]));
	return {
		...presentWindow(window, timezone),
		timezone,
		noticeVersionId: window.noticeVersionId,
		shortAddress: shortAddress(origin, window.linkKey),
		sites: [...sites].map(([id, name]) => ({ id, name })),
		eligible: cohorts.reduce((sum, { eligible }) => sum + eligible, 0),
		codesMade: cohorts.reduce((sum, { codesMade }) => sum + codesMade, 0),
		cohorts: cohorts.length,
		cohortsWithCodes: cohorts.filter(({ codesMade }) => codesMade > 0).length,
	};
}

/** The address on a slip, as it is typed: without scheme. */
export function shortAddress(origin: string, linkKey: string): string {
	return `${new URL(origin).host}/s/${linkKey}`;
}
