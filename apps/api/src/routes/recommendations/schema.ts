import type { EvidenceChain } from '@throughline/analysis/charts';
import type { RecommendationCategory, RecommendationStatus } from '@throughline/db/schema';
import { z } from 'zod';
import type { WordChange } from '../../decisions/word-changes.ts';
import { engagementParam } from '../engagements/schema.ts';
import { version } from '../findings/schema.ts';

export const recommendationParam = engagementParam.extend({ recommendationId: z.uuid() });

/** The categories of the deck, in its order. */
export const categories = [
	'relationship_building',
	'assessment',
	'professional_development',
	'communication_transparency',
	'other_contract_requests',
	'non_contract_district',
	'non_contract_advisory',
] as const satisfies readonly RecommendationCategory[];

const statuses = [
	'draft',
	'advisory_review',
	'advisory_approved',
	'admin_approved',
	'sent_to_partner',
	'in_contract',
	'partly_in_contract',
	'district_action',
	'not_adopted',
	'withdrawn',
] as const satisfies readonly RecommendationStatus[];

const line = (max: number) =>
	z
		.string()
		.trim()
		.max(max, { error: `Keep this under ${max} characters.` })
		.default('');

/** Null where nothing was written. */
const note = (max: number) => line(max).transform((text) => (text === '' ? null : text));

const words = {
	category: z.enum(categories, { error: 'Choose a category.' }),
	text: z
		.string()
		.trim()
		.min(1, { error: 'Write what is recommended.' })
		.max(1200, { error: 'Keep the recommendation under 1,200 characters.' }),
	owner: line(200),
	measure: line(400),
	target: line(400),
	clauseHint: note(200),
	dissent: note(1200),
};

export const recommendationBody = z.object(words);
export const recommendationChange = z.object({ ...words, version });
export const statusBody = z.object({
	status: z.enum(statuses, { error: 'Choose a status.' }),
	reason: note(1200),
	version,
});
export const linksBody = z.object({
	findingIds: z
		.array(z.uuid())
		.max(30)
		.default([])
		.transform((ids) => [...new Set(ids)]),
	version,
});

export type RecommendationBody = z.output<typeof recommendationBody>;

export interface RecommendationSummary {
	id: string;
	key: string;
	category: RecommendationCategory;
	text: string;
	status: RecommendationStatus;
	owner: string;
	/** Findings linked, and whether one of them is ready and rests on something. */
	findings: number;
	hasEvidence: boolean;
}

/** Recommendations by category, in the deck's order; empty categories too. */
export interface RecommendationList {
	categories: { id: RecommendationCategory; recommendations: RecommendationSummary[] }[];
}

/** A step it may take, and what that step asks for. */
export interface NextStatus {
	status: RecommendationStatus;
	/** Whether the roles of this person include it. */
	isMine: boolean;
	needsEvidence: boolean;
	needsReason: boolean;
}

export interface RecommendationView {
	id: string;
	key: string;
	category: RecommendationCategory;
	text: string;
	owner: string;
	measure: string;
	target: string;
	clauseHint: string | null;
	status: RecommendationStatus;
	reason: string | null;
	dissent: string | null;
	version: number;
	/** False once it was approved: text and category stay until it is set back to review. */
	isTextOpen: boolean;
	hasEvidence: boolean;
	/** Charts of the chain have the id `<finding id>#<chart id>`. */
	chain: EvidenceChain;
	/** Every finding of the engagement: those linked, and those that could be. */
	findings: { id: string; sentence: string; status: 'draft' | 'ready'; isLinked: boolean }[];
	next: NextStatus[];
	history: RecommendationChange[];
}

/** One version: who wrote it, and what it changed. */
export interface RecommendationChange {
	version: number;
	person: string | null;
	at: string;
	changes: { field: ChangedField; words: WordChange[] }[];
}

export type ChangedField =
	| 'category'
	| 'text'
	| 'owner'
	| 'measure'
	| 'target'
	| 'clause_hint'
	| 'status'
	| 'reason'
	| 'dissent'
	| 'findings';
