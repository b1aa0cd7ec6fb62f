import type { SessionView } from '@throughline/api/client';
import { error } from '@sveltejs/kit';
import { api } from '#lib/api.ts';

/** The engagement in an address, for form actions: loads have it from the layout. */
export async function engagementOf(fetch: typeof globalThis.fetch, slug: string) {
	const session = await api(fetch).get<SessionView>('/api/session');
	const engagement = session.engagements.find((candidate) => candidate.slug === slug);
	if (!engagement) {
		error(404, 'There is nothing at this address.', { code: 'not_found' });
	}
	return { engagement, apiPath: `/api/engagements/${engagement.id}` };
}
