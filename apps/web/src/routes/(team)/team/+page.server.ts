import { redirect } from '@sveltejs/kit';
import type { PageServerLoad } from './$types.js';

/** With one engagement there is nothing to choose. */
export const load: PageServerLoad = async ({ parent }) => {
	const { session } = await parent();
	const [only, ...others] = session.engagements;
	if (only && others.length === 0) {
		redirect(303, `/team/${only.slug}`);
	}
};
