import { error } from '@sveltejs/kit';
import type { LayoutServerLoad } from './$types.js';

/** The engagement of these pages; the layout above has checked that it is this person's. */
export const load: LayoutServerLoad = async ({ parent }) => {
	const { engagement } = await parent();
	if (engagement === null) {
		error(404, 'There is nothing at this address.', { code: 'not_found' });
	}
	return { engagement, apiPath: `/api/engagements/${engagement.id}` };
};
