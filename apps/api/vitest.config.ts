import { configDefaults, defineConfig } from 'vitest/config';

// Mutation testing (tooling/mutation) names the tests it runs.
const tests = process.env['MUTATION_TESTS']?.split(',') ?? configDefaults.include;
const isMutated = process.env['MUTATION_TESTS'] !== undefined;

export default defineConfig({
	test: {
		include: tests,
		// What mutation testing leaves behind when it is stopped.
		exclude: [...configDefaults.exclude, '.stryker-tmp/**'],
		expect: { requireAssertions: true },
		env: { TZ: 'America/New_York' },
		setupFiles: ['./vitest.setup.ts'],
		globalSetup: ['@throughline/db/testing/global-setup'],
		// Each worker with an embedded database takes about 500 MB.
		maxWorkers: 2,
		// Databases are slow to begin on a loaded machine, and code under mutation is slow to run.
		testTimeout: isMutated ? 300_000 : 60_000,
		hookTimeout: 120_000,
	},
});
