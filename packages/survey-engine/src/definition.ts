import { z } from 'zod';

/** The code of the answer 'Prefer not to say', the same in every closed question. */
export const refusalCode = 'prefer_not_to_say';
/** Most code points of a long answer, unless the question sets less. */
export const longTextLimit = 2000;
/** Most code points of a short answer, unless the question sets less. */
export const shortTextLimit = 200;

/** An id that never changes: of a question, a section, a notice. */
export const definitionId = z
	.string()
	.regex(/^[A-Za-z][A-Za-z0-9_]{0,63}$/, 'must begin with a letter; then letters, digits and _');
const code = z
	.string()
	.regex(/^[A-Za-z0-9][A-Za-z0-9_-]{0,63}$/, 'must be letters, digits, - and _, without spaces');
export const languageCode = z
	.string()
	.regex(/^[a-z]{2,3}(-[A-Za-z0-9]{2,8})*$/, "must be a language code such as 'en' or 'es-MX'");
const text = z.string().max(5000);

/** One text in several languages: language code → words. */
export const localTextSchema = z.record(languageCode, text);

export const languageSchema = z.strictObject({
	code: languageCode,
	/** 'machine' and 'draft' texts are never shown to students. */
	status: z.enum(['reviewed', 'draft', 'machine']),
	note: z.string().optional(),
});

const option = z.strictObject({
	code,
	label: localTextSchema,
	/** Figure for means; null leaves the option out of the mean. */
	value: z.number().nullable().optional(),
	/** Choosing it rules out every other option of a multiple-choice question. */
	isExclusive: z.boolean().optional(),
	/** Keeps its place after the shuffled options. */
	isFixedLast: z.boolean().optional(),
});

const scale = z.strictObject({ options: z.array(option).min(2).max(12) });

const section = z.strictObject({
	id: definitionId,
	title: localTextSchema,
	intro: localTextSchema.optional(),
	/** A page before it says what is coming and offers to skip; its pages offer support and a quick exit. */
	isSensitive: z.boolean().optional(),
});

const questionBase = {
	id: definitionId,
	section: definitionId,
	text: localTextSchema,
	hint: localTextSchema.optional(),
	/** XLSForm expression over earlier questions; the question is shown when it is true. */
	relevance: z.string().min(1).optional(),
	/** Shown only from this grade on, and never when the grade is not known. */
	minGrade: z.number().int().min(0).max(13).optional(),
	construct: z.string().optional(),
	/** Protected areas of the Protection of Pupil Rights Amendment that counsel should look at. */
	ppra: z.array(z.string()).optional(),
	themeHints: z.array(z.string()).optional(),
	/** The reporting attribute that the answer fills, such as 'grade' or 'race_ethnicity'. */
	field: definitionId.optional(),
	reviewNote: z.string().optional(),
	comment: z.string().optional(),
};

const closedBase = {
	...questionBase,
	/** The engine adds 'Prefer not to say' unless this is false, which needs `noRefusalReason`. */
	allowsRefusal: z.boolean().optional(),
	noRefusalReason: z.string().min(1).optional(),
	randomizeOptions: z.boolean().optional(),
};

const optionList = z.array(option).min(1).max(200);

const question = z.discriminatedUnion('type', [
	z.strictObject({ ...closedBase, type: z.literal('single'), options: optionList }),
	z.strictObject({
		...closedBase,
		type: z.literal('multi'),
		options: optionList,
		maxChoices: z.number().int().min(1).optional(),
		/** Reporting category of each option, by code. */
		categories: z.record(code, z.string()).optional(),
	}),
	z.strictObject({ ...closedBase, type: z.literal('scale'), scale: definitionId }),
	z.strictObject({
		...questionBase,
		type: z.literal('short_text'),
		maxLength: z.number().int().min(1).max(shortTextLimit).optional(),
		isOpenText: z.boolean().optional(),
	}),
	z.strictObject({
		...questionBase,
		type: z.literal('long_text'),
		maxLength: z.number().int().min(1).max(longTextLimit).optional(),
		/** Answers become excerpts to be coded; true unless set. */
		isOpenText: z.boolean().optional(),
	}),
]);

const profile = z.strictObject({
	id: definitionId,
	grades: z.array(z.number().int().min(0).max(13)).min(1),
	dropQuestions: z.array(definitionId),
	/** Drop the questions too when the grade is not known; true unless set. */
	appliesWhenGradeUnknown: z.boolean().optional(),
	reason: z.string().optional(),
});

/** The schema of a survey definition. Strict: a misspelt key is an error, not a silent loss. */
export const surveyDefinitionSchema = z.strictObject({
	schema: z.literal('throughline-survey/1'),
	id: definitionId,
	version: z.string().min(1).max(40),
	title: localTextSchema,
	audience: z.string().optional(),
	estimatedMinutes: z.number().positive().optional(),
	defaultLanguage: languageCode,
	languages: z.array(languageSchema).min(1).max(40),
	/** Words for 'Prefer not to say' in languages the engine does not bring. */
	refusalLabel: localTextSchema.optional(),
	/** Ids of the notices shown at the start, above open questions and at the end. */
	notices: z.array(definitionId).optional(),
	scales: z.record(definitionId, scale).optional(),
	sections: z.array(section).min(1).max(100),
	questions: z.array(question).max(1000),
	profiles: z.array(profile).optional(),
	reporting: z
		.strictObject({
			/** Codes that count as favourable, by scale or question id. */
			favorable: z.record(definitionId, z.array(code)).optional(),
			breakouts: z.array(z.string()).optional(),
			maxSimultaneousBreakouts: z.number().int().min(0).max(3).optional(),
			keepOpenLinkSeparate: z.boolean().optional(),
		})
		.optional(),
	isSynthetic: z.boolean().optional(),
	comment: z.string().optional(),
});

export type SurveyDefinition = z.infer<typeof surveyDefinitionSchema>;
export type LocalText = z.infer<typeof localTextSchema>;
export type SurveyLanguage = z.infer<typeof languageSchema>;
export type Option = z.infer<typeof option>;
export type Scale = z.infer<typeof scale>;
export type Section = z.infer<typeof section>;
export type Question = z.infer<typeof question>;
export type QuestionType = Question['type'];
export type ClosedQuestion = Extract<Question, { type: 'single' | 'multi' | 'scale' }>;
export type TextQuestion = Extract<Question, { type: 'short_text' | 'long_text' }>;
export type Profile = z.infer<typeof profile>;

export function isClosed(question: Question): question is ClosedQuestion {
	return question.type === 'single' || question.type === 'multi' || question.type === 'scale';
}
