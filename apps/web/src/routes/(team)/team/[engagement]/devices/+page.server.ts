import type { DeviceList } from '@throughline/api/client';
import { redirect } from '@sveltejs/kit';
import { api } from '#lib/api.ts';
import { engagementOf } from '../engagement-of.ts';
import type { Actions, PageServerLoad } from './$types.js';

export const load: PageServerLoad = async ({ fetch, parent, url }) => {
	const { apiPath } = await parent();
	const list = await api(fetch).get<DeviceList>(`${apiPath}/devices`);
	return { list, revoked: url.searchParams.get('revoked'), origin: url.origin };
};

export const actions: Actions = {
	revoke: async ({ fetch, request, params }) => {
		const id = String((await request.formData()).get('device') ?? '');
		const { apiPath } = await engagementOf(fetch, params.engagement);
		const path = `${apiPath}/devices/${encodeURIComponent(id)}/revoke`;
		const { label } = await api(fetch).post<{ label: string }>(path);
		redirect(303, `/team/${params.engagement}/devices?revoked=${encodeURIComponent(label)}`);
	},
};
