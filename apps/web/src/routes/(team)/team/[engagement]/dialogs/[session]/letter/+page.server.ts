import type { DialogDetail, DialogLetter } from '@throughline/api/client';
import { api } from '#lib/api.ts';
import type { PageServerLoad } from './$types.js';

export const load: PageServerLoad = async ({ fetch, parent, params, url }) => {
	const { apiPath } = await parent();
	const path = `${apiPath}/dialogs/${params.session}`;
	const reader: 'group' | 'guardian' =
		url.searchParams.get('for') === 'guardian' ? 'guardian' : 'group';
	return {
		dialog: await api(fetch).get<DialogDetail>(path),
		letter: await api(fetch).get<DialogLetter>(`${path}/letter`),
		/** Whom the letter speaks to. */
		reader,
	};
};
