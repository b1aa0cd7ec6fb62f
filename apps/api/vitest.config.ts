import { defineConfig } from 'vitest/config';

export default defineConfig({
	test: {
		expect: { requireAssertions: true },
		env: { TZ: 'America/New_York' },
		setupFiles: ['./vitest.setup.ts'],
		globalSetup: ['@throughline/db/testing/global-setup'],
		// Each worker with an embedded database takes about 500 MB.
		maxWorkers: 2,
		// Databases are slow to begin on a loaded machine.
		testTimeout: 60_000,
		hookTimeout: 120_000,
	},
});
