import { z } from 'zod';

/** The key on a slip: `/s/<link>`. */
export const linkParam = z.object({ link: z.string().regex(/^[a-z0-9-]{1,40}$/) });

/** `notice`, `section-<id>`, a question id, or `check`. */
export const stepParam = linkParam.extend({ step: z.string().regex(/^[A-Za-z0-9_-]{1,80}$/) });

const language = z.string().regex(/^[a-z]{2,3}(-[A-Za-z0-9]{2,8})*$/);

export const startBody = z.object({
	/** As typed; read forgivingly. */
	code: z.string().max(100),
	/** Of the first page. Who comes back goes on in the language of their draft… */
	language: language.optional(),
	/** …unless they chose this one. */
	isChosen: z.boolean().default(false),
});

export const languageQuery = z.object({ language: language.optional() });

export const stepQuery = z.object({
	/** The step was opened from the check page: Continue leads back there. */
	from: z.literal('check').optional(),
});

/**
 * One page sent with Continue. Values are as a form sends them; whether they fit the question is
 * the survey engine's business, and what cannot be used is shown back.
 */
export const saveBody = z.object({
	values: z.array(z.string()).max(300),
	from: z.literal('check').optional(),
	/** `skip_section` leaves a sensitive section out. */
	intent: z.enum(['continue', 'skip_section', 'change_language']).default('continue'),
	language: language.optional(),
	/** True when the page had asked about a blank, so that Continue leaves it blank. */
	isAskedAgain: z.boolean().default(false),
});

export const finishBody = z.object({
	/** Made for the check page; the same page sent twice is one submission. */
	submissionId: z.string().regex(/^[0-9a-f]{32}$/),
});

/** A text with the language it is really in, for its own `lang` and `dir`. */
export interface TextInLanguage {
	text: string;
	language: string;
	direction: 'ltr' | 'rtl';
}

/** What the first page of a survey says. */
export interface SurveyWelcome {
	title: TextInLanguage;
	district: string;
	isSynthetic: boolean;
	status: 'not_yet' | 'open' | 'closed';
	/** Calendar dates in the district's time zone. */
	opensOn: string;
	closesOn: string;
	/** The wall clock's time it closes on that day; null at its end. */
	closesAt: string | null;
	language: string;
	languages: string[];
	minutes: number | null;
}

/** What the last page says. */
export interface SurveyThanks extends SurveyWelcome {
	/** Words and help. */
	thanks: TextInLanguage | null;
	/** The page where the results will be. */
	resultsPath: string;
}

export interface StartResult {
	/** The code as it is written on the slip. */
	code: string;
	/** The step to go on with. */
	next: string;
}

interface StepFrame {
	title: TextInLanguage;
	isSynthetic: boolean;
	language: string;
	languages: string[];
	/** The code in groups, so that the student can note it down. */
	code: string;
	/** The step before, for the Back link; null on the first. */
	back: string | null;
	from: 'check' | null;
	/** Minutes until the window closes, once fewer than ten are left. */
	closesInMinutes: number | null;
}

export interface NoticeStep extends StepFrame {
	kind: 'notice';
	parts: { id: string; heading: TextInLanguage | null; text: TextInLanguage }[];
}

export interface SectionStep extends StepFrame {
	kind: 'section';
	section: { id: string; title: TextInLanguage; intro: TextInLanguage | null };
}

export interface QuestionStep extends StepFrame {
	kind: 'question';
	/** Place among the questions this student is asked, as things stand. */
	/** On the longest way that is still possible; `isExact` when none shorter is. */
	progress: { number: number; total: number; isExact: boolean };
	sectionTitle: TextInLanguage;
	sectionIntro: TextInLanguage | null;
	/** In a sensitive section the page offers support and a quick exit. */
	isSensitive: boolean;
	question: {
		id: string;
		type: 'single' | 'multi' | 'scale' | 'short_text' | 'long_text';
		text: TextInLanguage;
		hint: TextInLanguage | null;
		/** The notice above every open question. */
		notice: TextInLanguage | null;
		options: { code: string; label: TextInLanguage; isExclusive: boolean }[];
		maxChoices: number | null;
		maxLength: number | null;
	};
	/** The stored answer, as a form sends it. */
	values: string[];
}

/** Why a page was not taken, as a code; the words live with the page. */
export interface StepProblem {
	code: string;
	params: Record<string, string | number>;
}

export interface CheckStep extends StepFrame {
	kind: 'check';
	submissionId: string;
	sections: {
		id: string;
		title: TextInLanguage;
		questions: {
			id: string;
			/** The page to change it on. */
			step: string;
			text: TextInLanguage;
			/** Nothing when it was left out. */
			answer: TextInLanguage[];
		}[];
	}[];
}

/** The step is not on this student's way now, or not yet: this one is. */
export interface MovedStep {
	kind: 'moved';
	next: string;
}

export type Step = NoticeStep | SectionStep | QuestionStep | CheckStep | MovedStep;

export type SaveResult =
	| { type: 'saved'; next: string }
	/** Not taken, and nothing stored is changed: the page to be shown again as it was sent. */
	| { type: 'refused'; problem: StepProblem };

/** The same for everybody, the first time and whenever the same is sent again. */
export interface FinishResult {
	isStored: true;
}
