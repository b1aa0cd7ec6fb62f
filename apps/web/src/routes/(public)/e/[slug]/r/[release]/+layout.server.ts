import type { PublicRelease } from '@throughline/api/client';
import { api } from '#lib/api.ts';
import type { Site } from '#lib/release/site.ts';
import { orMissing } from '../../../missing.ts';
import type { LayoutServerLoad } from './$types.js';

export const load: LayoutServerLoad = async ({ fetch, locals, params, url, setHeaders }) => {
	const { language } = locals;
	const path = `${encodeURIComponent(params.slug)}/releases/${encodeURIComponent(params.release)}`;
	const { release } = await orMissing(
		api(fetch).get<{ release: PublicRelease }>(
			`/api/public/engagements/${path}?language=${language}`,
		),
	);
	// Frozen, and yet asked for anew each time: words that were taken back are gone at the next look.
	setHeaders({ 'cache-control': 'public, no-cache' });
	const site: Site = {
		release,
		language,
		base: `/e/${params.slug}/r/${params.release}`,
		address: url.pathname + url.search,
		isPreview: false,
	};
	return { site };
};
