import type { WindowCohort } from '@throughline/db/queries/cohort';
import { compileSurvey, surveyDefinitionSchema } from '@throughline/survey-engine';
import { formatCode } from '../ballot/code.ts';
import type { CodesView, Slips } from '../routes/codes/schema.ts';
import { lastDay } from './local-time.ts';
import { shortAddress } from './present-window.ts';
import { qrPath } from './qr.ts';

export function presentCodes(found: {
	cohorts: WindowCohort[];
	/** Slips of voided prints, by cohort. */
	voided: Map<string, number>;
	status: string;
}): CodesView {
	const cohorts = found.cohorts.map(({ id, site, grade, eligible, codesMade }) => ({
		id,
		site,
		grade,
		eligible,
		codesMade,
		slipsVoided: found.voided.get(id) ?? 0,
	}));
	return {
		cohorts,
		eligible: sum(cohorts.map(({ eligible }) => eligible)),
		codesMade: sum(cohorts.map(({ codesMade }) => codesMade)),
		slipsVoided: sum(cohorts.map(({ slipsVoided }) => slipsVoided)),
		canMake: found.status === 'draft' || found.status === 'open',
	};
}

/** The slips of one print, each with its code and the same as a QR code. */
export function presentSlips(print: {
	cohort: WindowCohort;
	window: { label: string; linkKey: string; closesAt: Date };
	definition: unknown;
	codes: string[];
	origin: string;
	timezone: string;
}): Slips {
	const { cohort, window, origin } = print;
	const survey = compileSurvey(surveyDefinitionSchema.parse(print.definition));
	return {
		site: cohort.site,
		grade: cohort.grade,
		window: window.label,
		shortAddress: shortAddress(origin, window.linkKey),
		...lastDay(window.closesAt, print.timezone),
		languages: survey.languages
			.filter(({ status }) => status === 'reviewed')
			.map(({ code }) => code),
		slips: print.codes.map((code) => ({
			code: formatCode(code),
			qr: qrPath(`${origin}/s/${window.linkKey}#${formatCode(code)}`),
		})),
	};
}

function sum(values: number[]): number {
	return values.reduce((total, value) => total + value, 0);
}
