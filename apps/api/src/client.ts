import { hc } from 'hono/client';
import type { App } from './app.ts';

/** The API as typed calls. `baseUrl` is '/' in pages; hand in the page's own `fetch`. */
export function createClient(baseUrl: string, options: { fetch?: typeof fetch } = {}) {
	return hc<App>(baseUrl, options);
}

export type Client = ReturnType<typeof createClient>;
export type { Problem } from './errors.ts';
