/**
 * Makes a survey window with many students who have answered everything and not yet finished:
 * `node seed-load.ts '{ "students": 1000, "questions": 25 }'` beside a running server with the
 * sample. Prints `{ link, windowId, engagementId, codes }`. Run by tooling/bench/load.
 */
import type { Schema } from '@throughline/db/schema';
import { definitionHash, type SurveyDefinition } from '@throughline/survey-engine';
import type { Kysely } from 'kysely';
import { hashCode, makeCode } from '../ballot/code.ts';
import { type Draft, draftKey, sealDraft } from '../ballot/draft.ts';
import { withDeps } from '../cli/with-database.ts';
import type { Deps } from '../deps.ts';

interface Plan {
	students: number;
	questions: number;
}

const OPTIONS = ['never', 'rarely', 'sometimes', 'often', 'always'] as const;
const WORDS = 'More adults in the halls between classes, and someone to talk to. ';
/** One question in ten is open; its answer is a sentence or two. */
const OPEN_EVERY = 10;
const BATCH = 200;

// The argument of tooling/bench/load/seed.ts, in the shape written there.
const plan = JSON.parse(process.argv[2] ?? '') as Plan;
const made = await withDeps({ env: process.env }, 'the load benchmark', (deps) =>
	seedLoad(deps, plan),
);
process.stdout.write(JSON.stringify(made));

async function seedLoad(deps: Deps, { students, questions }: Plan) {
	const { db, random } = deps;
	const survey = surveyOf(questions);
	const { engagementId, noticeId, siteId } = await samplePlace(db);
	const [surveyId, versionId, windowId, cohortId] = [1, 2, 3, 4].map(() => random.uuid7()) as [
		string,
		string,
		string,
		string,
	];
	const link = `load${random.bytes(4).toString('hex')}`;
	await db
		.insertInto('survey')
		.values({ engagement_id: engagementId, id: surveyId, key: link })
		.execute();
	await db
		.insertInto('survey_version')
		.values({
			engagement_id: engagementId,
			id: versionId,
			survey_id: surveyId,
			number: 1,
			definition: JSON.stringify(survey),
			definition_hash: await definitionHash(survey),
			published_at: deps.clock(),
		})
		.execute();
	await db
		.insertInto('survey_window')
		.values({
			engagement_id: engagementId,
			id: windowId,
			survey_version_id: versionId,
			notice_version_id: noticeId,
			link_key: link,
			label: `${students} students`,
			status: 'open',
			opens_at: new Date(deps.clock().getTime() - 60_000),
			closes_at: new Date(deps.clock().getTime() + 86_400_000),
			source: 'codes',
			epoch: 1,
		})
		.execute();
	await db
		.insertInto('cohort')
		.values({
			engagement_id: engagementId,
			id: cohortId,
			window_id: windowId,
			site_id: siteId,
			grade: '9',
			eligible: students,
			codes_made: students,
		})
		.execute();
	const codes: string[] = [];
	for (let start = 0; start < students; start += BATCH) {
		const batch = Array.from({ length: Math.min(BATCH, students - start) }, () =>
			makeCode(random.bytes),
		);
		await insertBatch(deps, { engagementId, windowId, cohortId, codes: batch, survey });
		codes.push(...batch);
	}
	return { link, windowId, engagementId, codes };
}

async function insertBatch(
	{ db, keys, random }: Deps,
	place: {
		engagementId: string;
		windowId: string;
		cohortId: string;
		codes: string[];
		survey: SurveyDefinition;
	},
): Promise<void> {
	const { engagementId, windowId, cohortId, codes, survey } = place;
	const rows = codes.map((code) => ({ code, code_hash: hashCode(keys.pepper, windowId, code) }));
	await db
		.insertInto('access_code')
		.values(
			rows.map(({ code_hash }) => ({
				engagement_id: engagementId,
				window_id: windowId,
				code_hash,
				cohort_id: cohortId,
				state: 0,
				sid_hash: null,
			})),
		)
		.execute();
	await db
		.insertInto('draft')
		.values(
			rows.map(({ code, code_hash }, index) => ({
				engagement_id: engagementId,
				window_id: windowId,
				code_hash,
				body: sealDraft(
					draftOf(survey, index),
					{ key: draftKey(code, windowId, keys.pepper), windowId },
					random,
				),
			})),
		)
		.execute();
}

function draftOf(survey: SurveyDefinition, student: number): Draft {
	const ids = survey.questions.map(({ id }) => id);
	return {
		language: 'en',
		seed: student,
		hasReadNotice: true,
		values: Object.fromEntries(
			survey.questions.map(({ id, type }, index) => [
				id,
				type === 'single'
					? (OPTIONS[(student + index) % OPTIONS.length] ?? OPTIONS[0])
					: WORDS.repeat(1 + (student % 2)),
			]),
		),
		askedAgain: ids,
		seenSections: ['A'],
	};
}

function surveyOf(questions: number): SurveyDefinition {
	return {
		schema: 'throughline-survey/1',
		id: `load_${questions}`,
		version: '1.0.0',
		title: { en: `${questions} questions` },
		defaultLanguage: 'en',
		languages: [{ code: 'en', status: 'reviewed' }],
		sections: [{ id: 'A', title: { en: 'School' } }],
		questions: Array.from({ length: questions }, (_, index) => ({
			id: `Q${index + 1}`,
			section: 'A',
			text: { en: `How often does number ${index + 1} happen?` },
			...(index % OPEN_EVERY === OPEN_EVERY - 1
				? { type: 'long_text' as const }
				: {
						type: 'single' as const,
						options: OPTIONS.map((code) => ({ code, label: { en: code } })),
					}),
		})),
	};
}

async function samplePlace(db: Kysely<Schema>) {
	const row = await db
		.selectFrom('cohort as c')
		.innerJoin('survey_window as w', (join) =>
			join.onRef('w.engagement_id', '=', 'c.engagement_id').onRef('w.id', '=', 'c.window_id'),
		)
		.select(['c.engagement_id', 'c.site_id', 'w.notice_version_id'])
		.where('w.source', '=', 'codes')
		.where('w.status', '=', 'open')
		.where('c.grade', '=', '9')
		.orderBy('c.id')
		.executeTakeFirstOrThrow();
	return {
		engagementId: row.engagement_id,
		siteId: row.site_id,
		noticeId: row.notice_version_id,
	};
}
