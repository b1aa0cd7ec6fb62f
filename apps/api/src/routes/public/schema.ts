import type { Chart, EvidenceChain, QuoteCard } from '@throughline/analysis/charts';
import { z } from 'zod';
import type { ReleaseBody, ReleasedRecommendation } from '../../releases/body.ts';
import { chartLanguages } from '../../results/charts/words.ts';

const slug = z.string().regex(/^[a-z0-9-]{1,80}$/);

export const slugParam = z.object({ slug });
export const releaseParam = z.object({ slug, release: slug });
export const chartParam = releaseParam.extend({
	chart: z.string().regex(/^[A-Za-z0-9_-]{1,120}$/),
});
export const languageQuery = z.object({ language: z.enum(chartLanguages).default('en') });

/** An engagement on the public front page. */
export interface PublicEngagement {
	slug: string;
	title: string;
	purpose: string;
	district: string;
	isSynthetic: boolean;
	releases: { slug: string; title: string; frozenOn: string }[];
}

/** One frozen release in one language: everything its pages show, and nothing else. */
export interface PublicRelease {
	slug: string;
	title: string;
	frozenOn: string | null;
	/** SHA-256 of the frozen body, for whoever keeps a copy. */
	hash: string;
	approvals: { role: string; on: string }[];
	engagement: ReleaseBody['engagement'];
	window: ReleaseBody['window'];
	sections: { id: string; title: string; charts: Chart[] }[];
	themes: (ReleaseBody['themes'][number] & { quoteIds: string[]; findingIds: string[] })[];
	quotes: QuoteCard[];
	findings: ReleaseBody['findings'];
	recommendations: ReleasedRecommendation[];
	/** One chain per recommendation, in the same order. */
	chains: EvidenceChain[];
	method: ReleaseBody['method'];
}
