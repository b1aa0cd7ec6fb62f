import { z } from 'zod';
import { engagementParam } from '../engagements/schema.ts';
import type { TextInLanguage } from '../student/schema.ts';

export const versionParam = engagementParam.extend({ versionId: z.uuid() });
export const previewQuery = z.object({
	language: z
		.string()
		.regex(/^[a-z]{2,3}(-[A-Za-z0-9]{2,8})*$/)
		.optional(),
});

export interface SurveyList {
	versions: SurveyVersionSummary[];
}

export interface SurveyVersionSummary {
	id: string;
	key: string;
	number: number;
	title: string;
	hash: string;
	isPublished: boolean;
}

/** Every question of a version, as the student sees it, in one language. */
export interface SurveyPreview {
	id: string;
	key: string;
	number: number;
	hash: string;
	isPublished: boolean;
	title: TextInLanguage;
	language: string;
	/** Every language the survey has; students are offered reviewed ones only. */
	languages: { code: string; status: 'reviewed' | 'draft' | 'machine' }[];
	estimatedMinutes: number | null;
	sections: {
		id: string;
		title: TextInLanguage;
		intro: TextInLanguage | null;
		isSensitive: boolean;
		questions: PreviewQuestion[];
	}[];
}

export interface PreviewQuestion {
	id: string;
	type: 'single' | 'multi' | 'scale' | 'short_text' | 'long_text';
	text: TextInLanguage;
	hint: TextInLanguage | null;
	options: { code: string; label: TextInLanguage; isExclusive: boolean }[];
	isShuffled: boolean;
	maxChoices: number | null;
	maxLength: number | null;
	/** When it is shown, as the survey says it: `${S05} = 'name'`. Null: always. */
	relevance: string | null;
	/** Shown from this grade on. */
	minGrade: number | null;
	/** Why nobody can refuse it, where the author says so. */
	noRefusalReason: string | null;
	/** Protected areas of the PPRA that counsel should look at. */
	ppra: string[];
}
