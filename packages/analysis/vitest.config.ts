import { configDefaults, defineConfig } from 'vitest/config';

// Mutation testing (tooling/mutation) names the tests it runs.
const tests = process.env['MUTATION_TESTS']?.split(',') ?? configDefaults.include;

export default defineConfig({
	test: {
		include: tests,
		// What mutation testing leaves behind when it is stopped.
		exclude: [...configDefaults.exclude, '.stryker-tmp/**'],
		expect: { requireAssertions: true },
		env: { TZ: 'America/New_York' },
		setupFiles: ['./vitest.setup.ts'],
		// Laws are tried on hundreds of cases; a loaded machine takes a while over them.
		testTimeout: 60_000,
	},
});
