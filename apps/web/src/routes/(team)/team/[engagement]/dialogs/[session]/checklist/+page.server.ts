import type { DialogChecklist } from '@throughline/api/client';
import { api } from '#lib/api.ts';
import type { PageServerLoad } from './$types.js';

export const load: PageServerLoad = async ({ fetch, parent, params }) => {
	const { apiPath } = await parent();
	const path = `${apiPath}/dialogs/${params.session}/checklist`;
	return { checklist: await api(fetch).get<DialogChecklist>(path), sessionId: params.session };
};
