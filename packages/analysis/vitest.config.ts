import { configDefaults, defineConfig } from 'vitest/config';

export default defineConfig({
	test: {
		// What mutation testing leaves behind when it is stopped.
		exclude: [...configDefaults.exclude, '.stryker-tmp/**'],
		expect: { requireAssertions: true },
		env: { TZ: 'America/New_York' },
		setupFiles: ['./vitest.setup.ts'],
		// Laws are tried on hundreds of cases; a loaded machine takes a while over them.
		testTimeout: 60_000,
	},
});
