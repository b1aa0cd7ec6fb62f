import type { CodebookView, ReliabilityView } from '@throughline/api/client';
import { api, ApiProblem } from '#lib/api.ts';
import type { PageServerLoad } from './$types.js';

export const load: PageServerLoad = async ({ fetch, parent, url }) => {
	const { apiPath } = await parent();
	const codebook = await readCodebook(fetch, apiPath);
	if (codebook === null) {
		return { codebook, reliability: null, isSaved: false };
	}
	return {
		codebook,
		reliability: await api(fetch).get<ReliabilityView>(`${apiPath}/codebook/reliability`),
		isSaved: url.searchParams.has('saved'),
	};
};

async function readCodebook(
	fetch: typeof globalThis.fetch,
	apiPath: string,
): Promise<CodebookView | null> {
	try {
		return await api(fetch).get<CodebookView>(`${apiPath}/codebook`);
	} catch (error) {
		if (error instanceof ApiProblem && error.status === 404) {
			return null;
		}
		throw error;
	}
}
