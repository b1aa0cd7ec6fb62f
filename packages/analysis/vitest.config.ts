import { defineConfig } from 'vitest/config';

export default defineConfig({
	test: {
		expect: { requireAssertions: true },
		env: { TZ: 'America/New_York' },
		setupFiles: ['./vitest.setup.ts'],
		// Laws are tried on hundreds of cases; a loaded machine takes a while over them.
		testTimeout: 60_000,
	},
});
