import type { Chart } from '@throughline/analysis/charts';
import type { ReleaseTable } from '@throughline/analysis/disclosure';
import type { TakenBack } from '@throughline/db/queries/taken-back';
import type { RecommendationCategory, RecommendationStatus } from '@throughline/db/schema';
import type { ChartLanguage } from '../results/charts/words.ts';

/** A text in every language a release is read in. */
export type ByLanguage<T> = Record<ChartLanguage, T>;

/** Everything the public pages show of one release. Frozen, hashed, served as it is. */
export interface ReleaseBody {
	schema: 'throughline-release/1';
	/** The language in which the team wrote titles, themes, findings and recommendations. */
	language: string;
	engagement: {
		slug: string;
		title: string;
		purpose: string;
		district: string;
		isSynthetic: boolean;
		schoolYear: string;
		mandate: {
			body: string;
			document: string;
			adoptedOn: string;
			directives: { key: string; text: string }[];
		}[];
		milestones: { label: string; startsOn: string; endsOn: string | null }[];
		decision: { question: string; decidedBy: string | null; notOpen: string | null } | null;
	};
	window: { id: string; label: string; opensOn: string; closesOn: string; surveyHash: string };
	/** Charts by section; `charts` holds each chart once per language, by id. */
	sections: { id: string; title: ByLanguage<string>; chartIds: string[] }[];
	charts: ByLanguage<Record<string, Chart>>;
	themes: { key: string; label: string; definition: string; group: string }[];
	quotes: ReleasedQuote[];
	findings: ReleasedFinding[];
	recommendations: ReleasedRecommendation[];
	method: {
		minN: number;
		quoteK: number;
		answers: number;
		decided: number;
		double: number;
		reliability: ReleasedReliability | null;
		/** Breakdowns that show no group because of what other tables show. */
		withheld: string[];
		/** Charts the team left out, by id. */
		leftOut: string[];
		/** Dialog sessions quoted from: how many of their groups saw it first. Left out without any. */
		groups?: ReleasedGroups;
		rules: string;
	};
}

/**
 * How well coders agreed beyond chance, over themes: Krippendorff's alpha of each theme that at
 * least one coder used. Never by theme, for that would tell its exact count.
 */
export interface ReleasedReliability {
	themes: number;
	median: number;
	/** Themes with an alpha of at least 0.8, and of 0.667 up to 0.8. */
	high: number;
	fair: number;
}

/** Whether groups saw what was made of their words before the public did. */
export interface ReleasedGroups {
	sessions: number;
	shown: number;
	/** Why some did not, in the steward's words; '' when all did. */
	reason: string;
}

export interface ReleasedQuote {
	id: string;
	excerptId: string;
	start: number;
	end: number;
	hash: string;
	text: string;
	language: string;
	direction: 'ltr' | 'rtl';
	attribution: ByLanguage<string>;
	themeKeys: string[];
	isEditedForPrivacy: boolean;
	/** The month it was taken back in (`2026-11`). Never stored: put in whenever a release is read. */
	takenBackIn?: string;
	/** Who wanted it so. Never stored either. */
	takenBackBy?: TakenBack['by'];
}

export interface ReleasedFinding {
	id: string;
	sentence: string;
	minorityView: string;
	chartIds: string[];
	themeKeys: string[];
	quoteIds: string[];
}

export interface ReleasedRecommendation {
	id: string;
	key: string;
	category: RecommendationCategory;
	text: string;
	owner: string;
	measure: string;
	target: string;
	status: RecommendationStatus;
	reason: string | null;
	dissent: string | null;
	clauseHint: string | null;
	findingIds: string[];
}

/** What is kept beside a release and never served: enough to compute every figure again. */
export interface ReleaseAudit {
	schema: 'throughline-release-audit/1';
	/** The protected tables behind the charts, for the audit of later releases. */
	tables: ReleaseTable[];
	chartIds: string[];
	/** What the schools were called, by key. Older releases keep none. */
	siteNames?: Record<string, string>;
	/** Theme keys by excerpt as they counted when the release was prepared. */
	codings: Record<string, string[]>;
	/** The themes each coder put on each of these excerpts; no coder is named. */
	decisions: { excerptId: string; coders: string[][] }[];
}

/** What stands in the way of freezing a release, in words that say where and what to do. */
export interface ReleaseProblem {
	code: 'quote' | 'evidence' | 'sentence' | 'disclosure' | 'review' | 'group';
	/** Where it is, in words. */
	where: string;
	/** What is wrong, and how to put it right. */
	message: string;
	/** Where it is put right. */
	target: {
		type: 'finding' | 'recommendation' | 'chart' | 'release' | 'session' | 'flags';
		id: string;
	};
}

/** A typed number that no figure backs: each approver accepts it by name, or it is rewritten. */
export interface ReleaseDoubt extends Pick<ReleaseProblem, 'where' | 'message' | 'target'> {
	/** Names these words in this place. */
	id: string;
	/** The number as it was written. */
	words: string;
}
