import { defineEnvVars } from '@sveltejs/kit/env';

/** What the pages need to know about the machine they run on. */
export const variables = defineEnvVars({
	API_ORIGIN: {
		description: 'Where the API listens, as seen from this process: http://localhost:8787',
		schema: (value) => new URL(value ?? 'http://localhost:8787').origin,
	},
});
