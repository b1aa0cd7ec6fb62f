import { createHash } from 'node:crypto';
import type { Schema } from '@throughline/db/schema';
import { compileSurvey, definitionHash, type SurveyDefinition } from '@throughline/survey-engine';
import type { Kysely } from 'kysely';
import { systemRandom } from '../system/random.ts';
import type { SeededSite } from './seed-engagement.ts';
import { seedSurvey } from './seed-survey.ts';

const label = (en: string) => ({ en });
const options = (codes: string[]) =>
	codes.map((code) => ({ code, label: label(`Option ${code}`) }));

/** A survey with every kind of question, and two about the student. */
const definition: SurveyDefinition = {
	schema: 'throughline-survey/1',
	id: 'results_survey',
	version: '1.0.0',
	title: label('Your School'),
	defaultLanguage: 'en',
	languages: [{ code: 'en', status: 'reviewed' }],
	scales: {
		agree: {
			options: [1, 2, 3, 4, 5].map((value) => ({
				code: String(value),
				label: label(`Step ${value}`),
				value,
			})),
		},
	},
	sections: [
		{ id: 'A', title: label('Safety') },
		{ id: 'Z', title: label('About you') },
	],
	questions: [
		{ id: 'Q1', section: 'A', type: 'scale', scale: 'agree', text: label('I feel safe.') },
		{ id: 'Q2', section: 'A', type: 'single', options: options(['a', 'b']), text: label('Which?') },
		{ id: 'Q3', section: 'A', type: 'multi', options: options(['x', 'y']), text: label('What?') },
		{ id: 'Q4', section: 'A', type: 'long_text', text: label('Tell us.') },
		{
			id: 'R1',
			section: 'Z',
			type: 'multi',
			field: 'race_ethnicity',
			options: options(['white', 'black', 'asian', 'nhpi']),
			text: label('Race?'),
		},
		{
			id: 'G1',
			section: 'Z',
			type: 'single',
			field: 'gender',
			options: options(['girl', 'boy', 'self']),
			text: label('Gender?'),
		},
	],
};

export const resultsSurvey = compileSurvey(definition);

/** One invented answer sheet. */
export interface SeededAnswer {
	site: SeededSite;
	grade: string;
	values: Record<string, string | string[]>;
	/** Theme keys on the answer to Q4, as both coders put them; not coded where left out. */
	themes?: string[];
}

export interface SeededResults {
	windowId: string;
	/** The excerpt of each answer to Q4, in the order of the answers. */
	excerptIds: (string | null)[];
	themeIds: Map<string, string>;
}

/** An opened window with these answers, and a codebook of three themes. */
export async function seedResults(
	db: Kysely<Schema>,
	engagementId: string,
	{ answers, coders }: { answers: SeededAnswer[]; coders: string[] },
): Promise<SeededResults> {
	const windowId = await seedWindow(db, engagementId);
	const themeIds = await seedThemes(db, engagementId);
	const cohorts = await seedCohorts(db, { engagementId, windowId, answers });
	const excerptIds: (string | null)[] = [];
	for (const [index, answer] of answers.entries()) {
		const responseId = systemRandom.uuid4();
		const { values } = answer;
		await db
			.insertInto('response')
			.values({
				engagement_id: engagementId,
				id: responseId,
				window_id: windowId,
				cohort_id: cohorts.get(`${answer.site.id} ${answer.grade}`) ?? '',
				answers: JSON.stringify({ meta: { language: 'en' }, values }),
			})
			.execute();
		const text = values['Q4'];
		const excerptId =
			typeof text === 'string'
				? await seedExcerpt(db, { engagementId, windowId, responseId, text, index })
				: null;
		excerptIds.push(excerptId);
		if (excerptId !== null && answer.themes) {
			const themes = answer.themes.map((key) => themeIds.get(key) ?? '');
			await seedCodings(db, { engagementId, excerptId, coders, themes });
		}
	}
	return { windowId, excerptIds, themeIds };
}

/** A quote of a whole answer, cleared or refused by these people. */
export async function seedQuote(
	db: Kysely<Schema>,
	quote: { engagementId: string; excerptId: string; clearedBy: string[]; blockedBy?: string[] },
): Promise<string> {
	const { engagementId, excerptId } = quote;
	const id = systemRandom.uuid7();
	const { text, text_hash } = await db
		.selectFrom('excerpt')
		.select(['text', 'text_hash'])
		.where('id', '=', excerptId)
		.executeTakeFirstOrThrow();
	await db
		.insertInto('quote')
		.values({
			engagement_id: engagementId,
			id,
			excerpt_id: excerptId,
			start_at: 0,
			end_at: text.length,
			text_hash,
		})
		.execute();
	const words = [
		...quote.clearedBy.map((personId) => ({ personId, isCleared: true })),
		...(quote.blockedBy ?? []).map((personId) => ({ personId, isCleared: false })),
	];
	for (const { personId, isCleared } of words) {
		await db
			.insertInto('quote_clearance')
			.values({
				engagement_id: engagementId,
				quote_id: id,
				person_id: personId,
				is_cleared: isCleared,
				reason: 'Looked at.',
			})
			.execute();
	}
	return id;
}

async function seedWindow(db: Kysely<Schema>, engagementId: string): Promise<string> {
	const windowId = systemRandom.uuid7();
	const surveyVersionId = systemRandom.uuid7();
	const { noticeVersionId, surveyVersionId: other } = await seedSurvey(db, engagementId);
	const { survey_id } = await db
		.selectFrom('survey_version')
		.select('survey_id')
		.where('id', '=', other)
		.executeTakeFirstOrThrow();
	await db
		.insertInto('survey_version')
		.values({
			engagement_id: engagementId,
			id: surveyVersionId,
			survey_id,
			number: 2,
			definition: JSON.stringify(definition),
			definition_hash: await definitionHash(definition),
			published_at: new Date(0),
		})
		.execute();
	await db
		.insertInto('survey_window')
		.values({
			engagement_id: engagementId,
			id: windowId,
			survey_version_id: surveyVersionId,
			notice_version_id: noticeVersionId,
			link_key: windowId,
			label: 'Winter',
			status: 'opened',
			opens_at: new Date('2025-12-01T14:00:00Z'),
			closes_at: new Date('2025-12-19T22:00:00Z'),
			source: 'codes',
			epoch: 1,
		})
		.execute();
	return windowId;
}

async function seedCohorts(
	db: Kysely<Schema>,
	window: { engagementId: string; windowId: string; answers: SeededAnswer[] },
): Promise<Map<string, string>> {
	const cohorts = new Map<string, string>();
	for (const { site, grade } of window.answers) {
		const name = `${site.id} ${grade}`;
		if (cohorts.has(name)) {
			continue;
		}
		const id = systemRandom.uuid7();
		cohorts.set(name, id);
		await db
			.insertInto('cohort')
			.values({
				engagement_id: window.engagementId,
				id,
				window_id: window.windowId,
				site_id: site.id,
				grade,
				eligible: 100,
				codes_made: 100,
			})
			.execute();
	}
	return cohorts;
}

async function seedThemes(db: Kysely<Schema>, engagementId: string): Promise<Map<string, string>> {
	const own = { engagement_id: engagementId };
	const codebookId = systemRandom.uuid7();
	const groupId = systemRandom.uuid7();
	await db
		.insertInto('codebook')
		.values({ ...own, id: codebookId, title: 'Codebook', unit: 'One idea.', number: 1 })
		.execute();
	await db
		.insertInto('theme_group')
		.values({ ...own, id: groupId, codebook_id: codebookId, key: 'T', label: 'Group', position: 0 })
		.execute();
	const themeIds = new Map<string, string>();
	for (const [position, key] of ['T1', 'T2', 'T3'].entries()) {
		const id = systemRandom.uuid7();
		themeIds.set(key, id);
		await db
			.insertInto('theme')
			.values({
				...own,
				id,
				theme_group_id: groupId,
				key,
				label: `Theme ${key}`,
				definition: `What ${key} means.`,
				include: [],
				exclude: [],
				examples: [],
				position,
			})
			.execute();
	}
	return themeIds;
}

async function seedExcerpt(
	db: Kysely<Schema>,
	answer: {
		engagementId: string;
		windowId: string;
		responseId: string;
		text: string;
		index: number;
	},
): Promise<string> {
	const id = systemRandom.uuid4();
	await db
		.insertInto('excerpt')
		.values({
			engagement_id: answer.engagementId,
			id,
			source_kind: 'answer',
			source_id: answer.responseId,
			window_id: answer.windowId,
			question_id: 'Q4',
			text: answer.text,
			text_hash: createHash('sha256').update(answer.text).digest('hex'),
			language: 'en',
			redactions: '[]',
			is_non_answer: false,
			queue_position: answer.index,
			in_sample: true,
		})
		.execute();
	return id;
}

/** Every coder puts these themes on the excerpt. */
export async function seedCodings(
	db: Kysely<Schema>,
	coding: { engagementId: string; excerptId: string; coders: string[]; themes: string[] },
): Promise<void> {
	for (const coderId of coding.coders) {
		const own = {
			engagement_id: coding.engagementId,
			excerpt_id: coding.excerptId,
			coder_id: coderId,
		};
		await db
			.insertInto('excerpt_decision')
			.values({ ...own, saw_suggestions: false, decided_at: new Date() })
			.execute();
		for (const themeId of coding.themes) {
			await db
				.insertInto('coding')
				.values({ ...own, theme_id: themeId })
				.execute();
		}
	}
}
