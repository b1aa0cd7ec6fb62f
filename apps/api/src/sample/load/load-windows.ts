import type { Schema } from '@throughline/db/schema';
import type { Kysely } from 'kysely';
import { formatCode, hashCode, makeCode } from '../../ballot/code.ts';
import { sealEnvelope } from '../../ballot/envelope.ts';
import { sealingKey } from '../../ballot/epoch-keys.ts';
import { shuffle } from '../../ballot/shuffle.ts';
import type { Deps } from '../../deps.ts';
import type { SampleResponse } from '../generate.ts';
import type { SampleEngagement } from '../read-sample.ts';
import type { Places } from '../../actions/import-engagement.ts';
import { idOf } from './load-places.ts';
import type { LoadedSurveys } from './load-surveys.ts';

const CHUNK = 500;

export interface Loading {
	deps: Pick<Deps, 'keys' | 'random' | 'clock'>;
	sample: SampleEngagement;
	places: Places;
	surveys: LoadedSurveys;
}

export interface SampleWindow {
	id: string;
	label: string;
	linkKey: string;
	surveyKey: string;
	status: 'open' | 'closed';
	opensAt: Date;
	closesAt: Date;
}

/** Writes a survey window and one cohort per site and grade, from the enrolment counts. */
export async function createSampleWindow(
	db: Kysely<Schema>,
	loading: Loading,
	window: SampleWindow,
): Promise<Map<string, string>> {
	const { places, surveys, sample, deps } = loading;
	const survey = surveys.surveys.get(window.surveyKey);
	const notice = surveys.notices.get('notice_student_start');
	if (!survey || !notice) {
		throw new Error('The sample survey or its notice is missing.');
	}
	await db
		.insertInto('survey_window')
		.values({
			engagement_id: places.engagementId,
			id: window.id,
			survey_version_id: survey.versionId,
			notice_version_id: notice.id,
			link_key: window.linkKey,
			label: window.label,
			status: window.status,
			opens_at: window.opensAt,
			closes_at: window.closesAt,
			source: 'codes',
			epoch: 1,
		})
		.execute();
	const cohortIds = new Map<string, string>();
	const cohorts = sample.sites.flatMap((site) =>
		Object.entries(site.enrollment.byGrade).map(([grade, eligible]) => {
			const id = deps.random.uuid7();
			cohortIds.set(`${site.key}:${grade}`, id);
			return {
				engagement_id: places.engagementId,
				id,
				window_id: window.id,
				site_id: idOf(places.siteIds, site.key),
				grade,
				eligible,
				codes_made: eligible,
			};
		}),
	);
	await db.insertInto('cohort').values(cohorts).execute();
	return cohortIds;
}

/** Makes a code for every eligible student, in random order. @returns the codes by cohort. */
export async function makeSampleCodes(
	db: Kysely<Schema>,
	loading: Loading,
	options: { windowId: string; cohortIds: Map<string, string> },
): Promise<Map<string, string[]>> {
	const { deps, places, sample } = loading;
	const codes = new Map<string, string[]>();
	const rows: { cohortId: string; hash: Buffer }[] = [];
	for (const site of sample.sites) {
		for (const [grade, eligible] of Object.entries(site.enrollment.byGrade)) {
			const cohortId = idOf(options.cohortIds, `${site.key}:${grade}`);
			const own = Array.from({ length: eligible }, () => makeCode(deps.random.bytes));
			codes.set(cohortId, own);
			rows.push(
				...own.map((code) => ({
					cohortId,
					hash: hashCode(deps.keys.pepper, options.windowId, code),
				})),
			);
		}
	}
	shuffle(rows, deps.random);
	for (let start = 0; start < rows.length; start += CHUNK) {
		await db
			.insertInto('access_code')
			.values(
				rows.slice(start, start + CHUNK).map((row) => ({
					engagement_id: places.engagementId,
					window_id: options.windowId,
					code_hash: row.hash,
					cohort_id: row.cohortId,
					state: 0,
					sid_hash: null,
				})),
			)
			.execute();
	}
	return codes;
}

/**
 * Puts every synthetic response into an envelope, as a student's would be, and spends one code of
 * its cohort for it. Envelopes are stored in random order.
 */
export async function sealSampleResponses(
	db: Kysely<Schema>,
	loading: Loading,
	options: {
		window: SampleWindow;
		cohortIds: Map<string, string>;
		codes: Map<string, string[]>;
		responses: readonly SampleResponse[];
	},
): Promise<void> {
	const { deps, places, surveys } = loading;
	const { window, cohortIds } = options;
	const { engagementId } = places;
	const sealed = { engagementId, windowId: window.id, epoch: 1, canary: null };
	const key = await sealingKey({ ...deps, db }, sealed);
	const meta = {
		survey: surveys.surveys.get(window.surveyKey)?.hash ?? '',
		notice: surveys.notices.get('notice_student_start')?.hash ?? '',
	};
	const { shelf } = await db
		.selectFrom('survey_window')
		.select('shelf')
		.where('engagement_id', '=', engagementId)
		.where('id', '=', window.id)
		.executeTakeFirstOrThrow();
	const spent: Buffer[] = [];
	const envelopes = options.responses.map((response) => {
		const cohortId = idOf(cohortIds, `${response.siteKey}:${response.grade}`);
		const code = options.codes.get(cohortId)?.pop();
		if (code === undefined) {
			throw new Error(`There are more responses than codes at ${response.siteKey}.`);
		}
		spent.push(hashCode(deps.keys.pepper, window.id, code));
		const answers = {
			meta: { ...meta, language: response.language },
			values: { ...response.values },
		};
		return {
			engagement_id: places.engagementId,
			id: deps.random.uuid4(),
			window_id: window.id,
			cohort_id: cohortId,
			epoch: 1,
			shelf,
			body: sealEnvelope(answers, { key, cohortId, random: deps.random }),
		};
	});
	shuffle(envelopes, deps.random);
	for (let start = 0; start < envelopes.length; start += CHUNK) {
		await db
			.insertInto('envelope')
			.values(envelopes.slice(start, start + CHUNK))
			.execute();
	}
	for (let start = 0; start < spent.length; start += CHUNK) {
		await db
			.updateTable('access_code')
			.set({ state: 1 })
			.where('engagement_id', '=', places.engagementId)
			.where('window_id', '=', window.id)
			.where('code_hash', 'in', spent.slice(start, start + CHUNK))
			.execute();
	}
}

/** A few unused codes to try the open window with, from different sites and grades. */
export function someCodes(codes: Map<string, string[]>, cohortIds: string[]): string[] {
	return cohortIds.flatMap((cohortId) => (codes.get(cohortId) ?? []).slice(0, 4)).map(formatCode);
}
