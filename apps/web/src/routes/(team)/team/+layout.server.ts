import type { SessionView } from '@throughline/api/client';
import { error, redirect } from '@sveltejs/kit';
import { api, ApiProblem } from '#lib/api.ts';
import type { LayoutServerLoad } from './$types.js';

/** Who is signed in, and the engagement in the address. Everyone else is asked to sign in. */
export const load: LayoutServerLoad = async ({ fetch, params, url }) => {
	const session = await readSession(fetch);
	const { engagement: slug } = params;
	const engagement = session.engagements.find((candidate) => candidate.slug === slug) ?? null;
	if (slug !== undefined && engagement === null) {
		error(404, 'There is nothing at this address.', { code: 'not_found' });
	}
	const isDue = engagement
		? engagement.lacksSecondFactor
		: session.engagements.some(({ lacksSecondFactor }) => lacksSecondFactor);
	if (isDue) {
		redirect(303, `/second-factor?next=${encodeURIComponent(url.pathname + url.search)}`);
	}
	return { session, engagement };
};

async function readSession(fetch: typeof globalThis.fetch): Promise<SessionView> {
	try {
		return await api(fetch).get<SessionView>('/api/session');
	} catch (problem) {
		if (problem instanceof ApiProblem && problem.status === 401) {
			redirect(303, '/sign-in');
		}
		throw problem;
	}
}
