import { fail, isRedirect, redirect } from '@sveltejs/kit';
import type { ExcerptView, SuggestionsView } from '@throughline/api/client';
import { formProblem } from '#lib/problem.ts';
import { engagementOf } from '../engagement-of.ts';
import { type CodingApi, codingApi } from './coding-api.ts';
import { readSettings, settingsCookie, writeSettings } from './coding-settings.ts';
import type { Actions, PageServerLoad } from './$types.js';

const YEAR = 365 * 24 * 60 * 60;
const MOST_SKIPPED = 40;

export const load: PageServerLoad = async ({ fetch, parent, url, cookies }) => {
	const { apiPath } = await parent();
	const coding = codingApi(fetch, apiPath);
	const id = url.searchParams.get('excerpt');
	const skipped = (url.searchParams.get('skip') ?? '').split(',').filter((part) => part !== '');
	const [desk, codebook, opened, next] = await Promise.all([
		coding.desk(),
		coding.codebook(),
		id === null ? null : coding.open(id),
		id === null ? nextExcerpts(coding, skipped) : coding.next([id]),
	]);
	const [first, ...rest] = next;
	const current = opened ?? (first ? { excerpt: first, decision: null } : null);
	let suggestions: SuggestionsView | null = null;
	if (url.searchParams.has('compare') && current?.decision) {
		suggestions = await coding.suggestions(current.excerpt.id);
	}
	return {
		desk,
		codebook,
		current,
		queue: opened === null ? rest : next,
		skipped: skipped.slice(1 - MOST_SKIPPED),
		suggestions,
		settings: readSettings(cookies.get(settingsCookie)),
	};
};

/** What comes next but for what was skipped, which comes again when nothing else is left. */
async function nextExcerpts(coding: CodingApi, skipped: readonly string[]): Promise<ExcerptView[]> {
	const found = await coding.next(skipped);
	return found.length === 0 && skipped.length > 0 ? coding.next() : found;
}

/** What the page does where no script runs; with script it speaks to the API itself. */
export const actions: Actions = {
	decide: async ({ fetch, request, params, cookies }) => {
		const form = await request.formData();
		const id = String(form.get('excerpt') ?? '');
		const wasDecided = form.has('decided');
		const themeIds = form.has('none') ? [] : form.getAll('themes').map(String);
		const isMeant = form.has('none') || form.has('asked') || wasDecided;
		if (themeIds.length === 0 && !isMeant) {
			return fail(422, { chosen: themeIds, asks: 'none' as const, message: null });
		}
		const { apiPath } = await engagementOf(fetch, params.engagement);
		try {
			await codingApi(fetch, apiPath).decide(id, themeIds);
		} catch (error) {
			const { status, message } = formProblem(error);
			return fail(status, { chosen: themeIds, asks: null, message });
		}
		const { isPausing } = readSettings(cookies.get(settingsCookie));
		const compares = isPausing && !wasDecided;
		redirect(303, compares ? `?excerpt=${encodeURIComponent(id)}&compare` : '?');
	},
	undo: ({ fetch, params }) => step(fetch, params.engagement, 'undo'),
	redo: ({ fetch, params }) => step(fetch, params.engagement, 'redo'),
	settings: async ({ request, cookies, params }) => {
		const form = await request.formData();
		const settings = { isPausing: form.has('compare'), hasKeys: form.has('keys') };
		cookies.set(settingsCookie, writeSettings(settings), {
			path: `/team/${params.engagement}`,
			maxAge: YEAR,
			httpOnly: false,
			sameSite: 'lax',
		});
		redirect(303, '?');
	},
};

async function step(
	fetch: typeof globalThis.fetch,
	engagement: string,
	direction: 'undo' | 'redo',
) {
	const { apiPath } = await engagementOf(fetch, engagement);
	try {
		const { excerpt } = await codingApi(fetch, apiPath).step(direction);
		redirect(303, `?excerpt=${encodeURIComponent(excerpt.id)}`);
	} catch (error) {
		if (isRedirect(error)) {
			throw error;
		}
		const { status, message } = formProblem(error);
		return fail(status, { chosen: [], asks: null, message });
	}
}
