import js from '@eslint/js';
import { defineConfig } from 'eslint/config';
import svelte from 'eslint-plugin-svelte';
import globals from 'globals';
import ts from 'typescript-eslint';
import { direction, pure } from './tooling/eslint/rooms.js';

export default defineConfig(
	{
		ignores: [
			'**/build/',
			'**/dist/',
			'**/.svelte-kit/',
			'**/.turbo/',
			'**/.vitest/',
			'**/.stryker-tmp/',
		],
	},
	js.configs.recommended,
	ts.configs.recommended,
	svelte.configs.recommended,
	svelte.configs.prettier,
	{
		linterOptions: { reportUnusedDisableDirectives: 'error' },
		languageOptions: { globals: globals.node },
		rules: {
			curly: ['error', 'all'],
			eqeqeq: 'error',
			'no-console': 'error',
			'no-else-return': ['error', { allowElseIf: false }],
			'no-nested-ternary': 'error',
			'no-restricted-syntax': ['error', { selector: 'LabeledStatement', message: 'No labels.' }],
			'object-shorthand': 'error',
			// How a package brings its ambient declarations along.
			'@typescript-eslint/triple-slash-reference': ['error', { path: 'always' }],
			'prefer-const': 'error',
			'@typescript-eslint/consistent-type-imports': ['error', { fixStyle: 'inline-type-imports' }],
			// The formatter and the compiler say more about these.
			'no-undef': 'off',
			'@typescript-eslint/no-unused-vars': [
				'error',
				{ argsIgnorePattern: '^_', varsIgnorePattern: '^_', caughtErrors: 'none' },
			],
		},
	},
	{
		files: ['{apps,packages,tooling}/**/*.ts'],
		ignores: ['**/*.d.ts', 'apps/web/**'],
		languageOptions: { parserOptions: { projectService: true } },
		rules: {
			'@typescript-eslint/await-thenable': 'error',
			'@typescript-eslint/no-floating-promises': 'error',
			'@typescript-eslint/no-misused-promises': ['error', { checksVoidReturn: false }],
			'@typescript-eslint/switch-exhaustiveness-check': [
				'error',
				{ considerDefaultExhaustiveForUnions: true },
			],
		},
	},
	{
		files: ['**/*.svelte', '**/*.svelte.ts'],
		languageOptions: {
			globals: globals.browser,
			parserOptions: { parser: ts.parser, extraFileExtensions: ['.svelte'] },
		},
		rules: {
			// Props are destructured with `let`, so that bindable ones look like the others.
			'prefer-const': 'off',
			'svelte/no-at-html-tags': 'error',
			'svelte/require-each-key': 'error',
			'svelte/no-target-blank': 'error',
			'svelte/button-has-type': 'error',
			// Addresses of the API and of files are no routes; the rest is checked by the journeys.
			'svelte/no-navigation-without-resolve': 'off',
		},
	},
	{
		files: [
			'tooling/**',
			'packages/db/src/testing/**',
			'apps/api/src/main.ts',
			'apps/api/src/cli/main.ts',
			'apps/web/tools/**',
			'apps/web/src/hooks.server.ts',
			'*.config.{js,ts}',
		],
		rules: { 'no-console': 'off' },
	},
	...direction,
	...pure,
);
