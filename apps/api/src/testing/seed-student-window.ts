import type { Schema, WindowStatus } from '@throughline/db/schema';
import { contentHash, definitionHash, type SurveyDefinition } from '@throughline/survey-engine';
import type { Kysely } from 'kysely';
import { formatCode, hashCode, makeCode } from '../ballot/code.ts';
import type { Deps } from '../deps.ts';
import { seedEngagement, type SeededSite } from './seed-engagement.ts';

/** One question of each kind, a branch, a sensitive section, a question the code answers. */
export const studentSurvey: SurveyDefinition = {
	schema: 'throughline-survey/1',
	id: 'student_survey',
	version: '1.0.0',
	title: { en: 'Your School', es: 'Tu escuela', so: 'Dugsigaaga' },
	defaultLanguage: 'en',
	languages: [
		{ code: 'en', status: 'reviewed' },
		{ code: 'es', status: 'reviewed' },
		{ code: 'so', status: 'machine' },
	],
	estimatedMinutes: 5,
	sections: [
		{ id: 'A', title: { en: 'Safety', es: 'Seguridad' } },
		{ id: 'B', title: { en: 'Fairness', es: 'Trato' }, isSensitive: true },
	],
	questions: [
		{
			id: 'Q1',
			section: 'A',
			type: 'single',
			text: { en: 'Do you feel safe?', es: '¿Te sientes a salvo?' },
			options: [
				{ code: 'yes', label: { en: 'Yes', es: 'Sí' } },
				{ code: 'no', label: { en: 'No', es: 'No' } },
			],
		},
		{
			id: 'Q2',
			section: 'A',
			type: 'multi',
			text: { en: 'Where not?', es: '¿Dónde no?' },
			relevance: "${Q1} = 'no'",
			maxChoices: 2,
			randomizeOptions: true,
			options: ['hall', 'bath', 'bus', 'lunch', 'gym', 'class'].map((code) => ({
				code,
				label: { en: code, es: code },
			})),
		},
		{
			id: 'Q3',
			section: 'A',
			type: 'long_text',
			text: { en: 'What would help?', es: '¿Qué ayudaría?' },
		},
		{
			id: 'G1',
			section: 'A',
			type: 'single',
			field: 'grade',
			text: { en: 'Your grade?', es: '¿Tu grado?' },
			options: [
				{ code: '9', label: { en: '9', es: '9' } },
				{ code: '10', label: { en: '10', es: '10' } },
			],
		},
		{
			id: 'Q4',
			section: 'B',
			type: 'single',
			text: { en: 'Are rules fair?', es: '¿Son justas las reglas?' },
			options: [
				{ code: 'yes', label: { en: 'Yes', es: 'Sí' } },
				{ code: 'no', label: { en: 'No', es: 'No' } },
			],
		},
		{
			id: 'Q5',
			section: 'B',
			type: 'short_text',
			text: { en: 'One word for it?', es: '¿En una palabra?' },
		},
	],
};

const notice = {
	kind: 'tennessen',
	elements: [
		{
			id: 'purpose',
			heading: { en: 'Why we ask', es: 'Por qué' },
			text: { en: '{{district}} asks. Ask {{nobody}}.', es: '{{district}} pregunta.' },
		},
	],
};

interface Options {
	status?: WindowStatus;
	opensAt?: string;
	closesAt?: string;
	/** How many codes each cohort gets; they are north 9, north 10 and south 6. */
	codes?: [number, number, number];
}

/**
 * An engagement with a survey window of January 2026 that is open unless said otherwise, and the
 * codes of its cohorts.
 */
export async function seedStudentWindow(
	db: Kysely<Schema>,
	deps: Pick<Deps, 'keys' | 'random'>,
	options: Options = {},
) {
	const { engagementId, north, south } = await seedEngagement(db);
	const windowId = deps.random.uuid7();
	const link = `s${deps.random.bytes(8).toString('hex')}`;
	const versions = await seedVersions(db, engagementId, deps.random);
	await db
		.insertInto('survey_window')
		.values({
			engagement_id: engagementId,
			id: windowId,
			survey_version_id: versions.survey,
			notice_version_id: versions.notice,
			link_key: link,
			label: 'Winter',
			status: options.status ?? 'open',
			opens_at: new Date(options.opensAt ?? '2026-01-05T14:00:00Z'),
			closes_at: new Date(options.closesAt ?? '2026-01-30T22:00:00Z'),
			source: 'codes',
			epoch: 1,
		})
		.execute();
	const [ninth, tenth, sixth] = options.codes ?? [2, 2, 2];
	const place = { db, deps, engagementId, windowId };
	return {
		engagementId,
		windowId,
		link,
		north,
		south,
		codes: {
			north9: await seedCohort(place, { site: north, grade: '9', count: ninth }),
			north10: await seedCohort(place, { site: north, grade: '10', count: tenth }),
			south6: await seedCohort(place, { site: south, grade: '6', count: sixth }),
		},
	};
}

async function seedVersions(db: Kysely<Schema>, engagementId: string, random: Deps['random']) {
	const ids = { survey: random.uuid7(), notice: random.uuid7() };
	const surveyId = random.uuid7();
	await db
		.insertInto('survey')
		.values({ engagement_id: engagementId, id: surveyId, key: 'student_survey' })
		.execute();
	await db
		.insertInto('survey_version')
		.values({
			engagement_id: engagementId,
			id: ids.survey,
			survey_id: surveyId,
			number: 1,
			definition: JSON.stringify(studentSurvey),
			definition_hash: await definitionHash(studentSurvey),
			published_at: new Date(0),
		})
		.execute();
	await db
		.insertInto('notice_version')
		.values({
			engagement_id: engagementId,
			id: ids.notice,
			key: 'notice_student_start',
			kind: 'tennessen',
			number: 1,
			body: JSON.stringify(notice),
			body_hash: await contentHash(notice),
		})
		.execute();
	return ids;
}

interface Place {
	db: Kysely<Schema>;
	deps: Pick<Deps, 'keys' | 'random'>;
	engagementId: string;
	windowId: string;
}

/** Gives the codes as slips show them. */
export async function seedCohort(
	{ db, deps, engagementId, windowId }: Place,
	cohort: { site: SeededSite; grade: string; count: number },
): Promise<string[]> {
	const id = deps.random.uuid7();
	await db
		.insertInto('cohort')
		.values({
			engagement_id: engagementId,
			id,
			window_id: windowId,
			site_id: cohort.site.id,
			grade: cohort.grade,
			eligible: cohort.count,
			codes_made: cohort.count,
		})
		.execute();
	const codes = Array.from({ length: cohort.count }, () => makeCode(deps.random.bytes));
	if (codes.length > 0) {
		await db
			.insertInto('access_code')
			.values(
				codes.map((code) => ({
					engagement_id: engagementId,
					window_id: windowId,
					code_hash: hashCode(deps.keys.pepper, windowId, code),
					cohort_id: id,
					state: 0,
					sid_hash: null,
				})),
			)
			.execute();
	}
	return codes.map(formatCode);
}
