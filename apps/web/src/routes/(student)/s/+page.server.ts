import { redirect } from '@sveltejs/kit';
import { startPath } from './paths.ts';
import type { PageServerLoad } from './$types';

export const load: PageServerLoad = ({ locals, url }) => {
	const sent = url.searchParams.get('link');
	const typed = sent?.trim().toLowerCase() ?? '';
	// People type what they see: the whole address or its last part.
	const link =
		typed
			.split('#')[0]
			?.split('/')
			.findLast((part) => part !== '') ?? '';
	if (/^[a-z0-9-]{1,40}$/.test(link)) {
		redirect(
			303,
			startPath(link, url.searchParams.has('lang') ? { language: locals.language } : {}),
		);
	}
	return { language: locals.language, typed: sent?.slice(0, 200) ?? null };
};
