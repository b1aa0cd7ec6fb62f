import { defineConfig } from 'vitest/config';

export default defineConfig({
	test: {
		expect: { requireAssertions: true },
		env: { TZ: 'America/New_York' },
		globalSetup: ['@throughline/db/testing/global-setup'],
		// Each worker with an embedded database takes about 500 MB.
		maxWorkers: 2,
		testTimeout: 30_000,
	},
});
