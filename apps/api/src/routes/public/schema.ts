import type { Chart, EvidenceChain, QuoteCard } from '@throughline/analysis/charts';
import { z } from 'zod';
import type { ReleaseBody, ReleasedFinding, ReleasedRecommendation } from '../../releases/body.ts';
import { chartLanguages } from '../../results/charts/words.ts';

const slug = z.string().regex(/^[a-z0-9-]{1,80}$/);

export const slugParam = z.object({ slug });
export const releaseParam = z.object({ slug, release: slug });
export const chartParam = releaseParam.extend({
	chart: z.string().regex(/^[A-Za-z0-9_-]{1,120}$/),
});
export const languageQuery = z.object({ language: z.enum(chartLanguages).default('en') });

/** A frozen release in a list. */
export interface PublicReleaseEntry {
	slug: string;
	title: string;
	frozenOn: string;
}

/** An engagement on the public front page: one that has released something. */
export interface PublicEngagementEntry {
	slug: string;
	title: string;
	purpose: string;
	district: string;
	isSynthetic: boolean;
	releases: PublicReleaseEntry[];
}

/** An engagement as its newest release tells it. */
export interface PublicEngagement {
	engagement: ReleaseBody['engagement'];
	/** The language its words are written in. */
	language: string;
	/** Newest first; never empty. */
	releases: PublicReleaseEntry[];
	/** What the newest release says, in short. */
	newest: {
		slug: string;
		title: string;
		window: PublicRelease['window'];
		findings: Pick<ReleasedFinding, 'id' | 'sentence' | 'minorityView'>[];
		recommendations: number;
	};
}

/** One frozen release in one language: everything its pages show, and nothing else. */
export interface PublicRelease {
	slug: string;
	title: string;
	/** Null in the preview of a draft. */
	frozenOn: string | null;
	/** SHA-256 of the frozen body, for whoever keeps a copy. */
	hash: string;
	/** The language in which the team wrote titles, themes, findings and recommendations. */
	language: string;
	approvals: { role: string; on: string }[];
	engagement: ReleaseBody['engagement'];
	window: Omit<ReleaseBody['window'], 'id'>;
	sections: { id: string; title: string; charts: Chart[] }[];
	themes: (ReleaseBody['themes'][number] & { quoteIds: string[]; findingIds: string[] })[];
	quotes: QuoteCard[];
	findings: ReleasedFinding[];
	recommendations: ReleasedRecommendation[];
	/** One chain per recommendation, in the same order. */
	chains: EvidenceChain[];
	method: ReleaseBody['method'];
}
