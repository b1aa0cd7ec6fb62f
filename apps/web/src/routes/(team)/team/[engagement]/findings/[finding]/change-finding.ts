import type { FindingBody, FindingView } from '@throughline/api/client';
import { fail, redirect } from '@sveltejs/kit';
import { api } from '#lib/api.ts';
import { formProblem } from '#lib/problem.ts';
import { engagementOf } from '../../engagement-of.ts';

interface Event {
	fetch: typeof globalThis.fetch;
	params: { engagement: string; finding: string };
}

/** The address of a finding in the API. */
async function pathOf({ fetch, params }: Event): Promise<string> {
	const { apiPath } = await engagementOf(fetch, params.engagement);
	return `${apiPath}/findings/${encodeURIComponent(params.finding)}`;
}

/**
 * Writes one change of a finding: reads it, changes it, and sends it whole with the version the
 * person saw. Whoever was faster keeps their words; the API says so.
 */
export async function changeFinding(
	event: Event,
	options: { version: number; change: (now: FindingBody) => Partial<FindingBody>; then: string },
) {
	const path = await pathOf(event);
	try {
		const now = await api(event.fetch).get<FindingView>(path);
		const body: FindingBody = {
			sentence: now.sentence,
			minorityView: now.minorityView,
			tables: now.tables.map(({ address }) => address),
			themeKeys: now.themes.map(({ key }) => key),
			quoteIds: now.quotes.map(({ id }) => id),
		};
		await api(event.fetch).put(path, {
			...body,
			...options.change(body),
			version: options.version,
		});
	} catch (error) {
		const problem = formProblem(error);
		return fail(problem.status, { problem });
	}
	return redirect(303, options.then);
}

/** Takes a step with a finding: ready, draft, archive. */
export async function moveFinding(
	event: Event,
	options: { version: number; step: 'ready' | 'draft' | 'archive'; then: string },
) {
	const path = await pathOf(event);
	try {
		await api(event.fetch).post(`${path}/${options.step}`, { version: options.version });
	} catch (error) {
		const problem = formProblem(error);
		return fail(problem.status, { problem });
	}
	return redirect(303, options.then);
}
