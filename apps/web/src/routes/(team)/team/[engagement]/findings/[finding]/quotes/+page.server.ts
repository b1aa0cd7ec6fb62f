import type { FindingOptions, FindingView } from '@throughline/api/client';
import { api } from '#lib/api.ts';
import { changeFinding } from '../change-finding.ts';
import type { Actions, PageServerLoad } from './$types.js';

const PAGE_SIZE = 20;

export const load: PageServerLoad = async ({ fetch, parent, params, url }) => {
	const { apiPath } = await parent();
	const finding = await api(fetch).get<FindingView>(`${apiPath}/findings/${params.finding}`);
	const options = await api(fetch).get<FindingOptions>(`${apiPath}/findings/options`);
	const asked = url.searchParams.get('theme') ?? '';
	const theme = asked === '' ? null : asked;
	const page = Math.max(1, Math.trunc(Number(url.searchParams.get('page') ?? 1)) || 1);
	const free = options.quotes.filter(
		(quote) =>
			!finding.quotes.some(({ id }) => id === quote.id) &&
			(theme === null || quote.card?.themes.some(({ id }) => id === theme)),
	);
	const used = new Set(
		options.quotes.flatMap(({ card }) => card?.themes.map(({ id }) => id) ?? []),
	);
	return {
		finding,
		quotes: free.slice((page - 1) * PAGE_SIZE, page * PAGE_SIZE),
		themes: options.themes.filter(({ key }) => used.has(key)),
		theme,
		page,
		pages: Math.ceil(free.length / PAGE_SIZE),
		address: url.pathname,
	};
};

export const actions: Actions = {
	default: async (event) => {
		const form = await event.request.formData();
		const quote = String(form.get('quote'));
		return changeFinding(event, {
			version: Number(form.get('version')),
			change: (now) => ({ quoteIds: [...now.quoteIds, quote] }),
			then: `/team/${event.params.engagement}/findings/${event.params.finding}#quotes-heading`,
		});
	},
};
