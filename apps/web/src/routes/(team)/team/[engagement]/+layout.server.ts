import type { BackupView } from '@throughline/api/client';
import { error } from '@sveltejs/kit';
import { api } from '#lib/api.ts';
import type { LayoutServerLoad } from './$types.js';

/** Who must hear when there is no backup. */
const KEEPERS = ['administrator', 'data_steward'];

/** The engagement of these pages; the layout above has checked that it is this person's. */
export const load: LayoutServerLoad = async ({ fetch, parent }) => {
	const { engagement } = await parent();
	if (engagement === null) {
		error(404, 'There is nothing at this address.', { code: 'not_found' });
	}
	const apiPath = `/api/engagements/${engagement.id}`;
	const isKeeper = engagement.roles.some((role) => KEEPERS.includes(role));
	const backup = isKeeper ? await api(fetch).get<BackupView>(`${apiPath}/retention/backup`) : null;
	return { engagement, apiPath, backup };
};
