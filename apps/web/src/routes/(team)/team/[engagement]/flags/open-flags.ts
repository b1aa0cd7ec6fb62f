import type { FlagView, OpenFlags } from '@throughline/api/client';
import { api } from '#lib/api.ts';

/** How many reviews of one thing wait. */
export async function openFlags(
	fetch: typeof globalThis.fetch,
	apiPath: string,
	{ type, id }: FlagView['target'],
): Promise<number> {
	const query = new URLSearchParams({ type, id });
	return (await api(fetch).get<OpenFlags>(`${apiPath}/flags/open?${query.toString()}`)).open;
}
