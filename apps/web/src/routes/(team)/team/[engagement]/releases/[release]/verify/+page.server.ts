import type { ReleaseDetail, Verification } from '@throughline/api/client';
import { api } from '#lib/api.ts';
import type { PageServerLoad } from './$types.js';

export const load: PageServerLoad = async ({ fetch, parent, params }) => {
	const { apiPath } = await parent();
	const path = `${apiPath}/releases/${params.release}`;
	const { release } = await api(fetch).get<{ release: ReleaseDetail }>(path);
	const verification = await api(fetch).get<Verification>(`${path}/verification`);
	return { title: release.title, verification };
};
