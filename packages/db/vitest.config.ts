import { defineConfig } from 'vitest/config';

export default defineConfig({
	test: {
		expect: { requireAssertions: true },
		env: { TZ: 'America/New_York' },
		globalSetup: ['./src/testing/global-setup.ts'],
		// Each worker with an embedded database takes about 500 MB.
		maxWorkers: 2,
		// A database starts in a second; on a loaded machine it may take twenty.
		testTimeout: 60_000,
		hookTimeout: 60_000,
	},
});
