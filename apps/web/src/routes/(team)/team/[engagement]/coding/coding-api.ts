import type {
	CodebookView,
	CodingDesk,
	DecisionView,
	NextExcerpts,
	OpenExcerpt,
	SteppedDecision,
	SuggestionsView,
} from '@throughline/api/client';
import { api } from '#lib/api.ts';

/** How many excerpts the page holds ready. */
const AHEAD = 5;

/** The coder's part of the API, for the page's load, its actions and the browser. */
export function codingApi(fetch: typeof globalThis.fetch, apiPath: string) {
	const calls = api(fetch);
	const base = `${apiPath}/coding`;
	return {
		desk: () => calls.get<CodingDesk>(base),
		codebook: () => calls.get<CodebookView>(`${apiPath}/codebook`),
		next: async (skip: readonly string[] = []) => {
			const query = new URLSearchParams({ limit: String(AHEAD), skip: skip.join(',') });
			return (await calls.get<NextExcerpts>(`${base}/next?${query}`)).excerpts;
		},
		open: (id: string) => calls.get<OpenExcerpt>(`${base}/excerpts/${encodeURIComponent(id)}`),
		decide: (id: string, themeIds: readonly string[]) =>
			calls.put<DecisionView>(`${base}/excerpts/${encodeURIComponent(id)}/decision`, { themeIds }),
		suggestions: (id: string) =>
			calls.post<SuggestionsView>(`${base}/excerpts/${encodeURIComponent(id)}/suggestions`),
		step: (direction: 'undo' | 'redo') => calls.post<SteppedDecision>(`${base}/${direction}`),
	};
}

export type CodingApi = ReturnType<typeof codingApi>;
