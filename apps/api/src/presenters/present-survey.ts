import {
	compileSurvey,
	type LocalText,
	localText,
	surveyDefinitionSchema,
	type SurveyQuestion,
} from '@throughline/survey-engine';
import type {
	PreviewQuestion,
	SurveyPreview,
	SurveyVersionSummary,
} from '../routes/surveys/schema.ts';
import type { TextInLanguage } from '../routes/student/schema.ts';

export function presentVersion(row: {
	id: string;
	key: string;
	number: number;
	title: LocalText;
	hash: string;
	publishedAt: Date | null;
}): SurveyVersionSummary {
	return {
		id: row.id,
		key: row.key,
		number: row.number,
		title: localText(row.title, 'en', 'en').text,
		hash: row.hash,
		isPublished: row.publishedAt !== null,
	};
}

/** Every question of a survey version in one of its languages; the default one if it has no such. */
export function presentSurvey(
	row: {
		id: string;
		key: string;
		number: number;
		definition: unknown;
		hash: string;
		publishedAt: Date | null;
	},
	wanted: string | undefined,
): SurveyPreview {
	const survey = compileSurvey(surveyDefinitionSchema.parse(row.definition));
	const { definition } = survey;
	const language =
		survey.languages.find(({ code }) => code === wanted)?.code ?? definition.defaultLanguage;
	const say = (text: LocalText): TextInLanguage =>
		localText(text, language, definition.defaultLanguage);
	return {
		id: row.id,
		key: row.key,
		number: row.number,
		hash: row.hash,
		isPublished: row.publishedAt !== null,
		title: say(definition.title),
		language,
		languages: survey.languages.map(({ code, status }) => ({ code, status })),
		estimatedMinutes: definition.estimatedMinutes ?? null,
		sections: survey.sections.map((section) => ({
			id: section.id,
			title: say(section.title),
			intro: section.intro ? say(section.intro) : null,
			isSensitive: section.isSensitive === true,
			questions: survey.questions
				.filter((question) => question.section === section)
				.map((question) => presentQuestion(question, say)),
		})),
	};
}

function presentQuestion(
	question: SurveyQuestion,
	say: (text: LocalText) => TextInLanguage,
): PreviewQuestion {
	const { definition } = question;
	const isClosed = question.kind === 'closed';
	return {
		id: question.id,
		type: question.type,
		text: say(definition.text),
		hint: definition.hint ? say(definition.hint) : null,
		options: isClosed
			? question.options.map((option) => ({
					code: option.code,
					label: say(option.label),
					isExclusive: option.isExclusive === true,
				}))
			: [],
		isShuffled: isClosed && question.definition.randomizeOptions === true,
		maxChoices:
			isClosed && question.definition.type === 'multi'
				? (question.definition.maxChoices ?? null)
				: null,
		maxLength: isClosed ? null : question.maxLength,
		relevance: definition.relevance ?? null,
		minGrade: definition.minGrade ?? null,
		noRefusalReason: (isClosed && question.definition.noRefusalReason) || null,
		ppra: definition.ppra ?? [],
	};
}
