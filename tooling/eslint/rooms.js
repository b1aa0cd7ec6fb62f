/**
 * Which room may import what, and what the pure rooms may not touch (docs/architecture.md). Each
 * message says where the thing belongs instead.
 */

const apps = {
	regex: '(^|/)apps/|^@throughline/(api|web)(/|$)',
	message: 'Nothing imports from apps. Move what is shared into a package.',
};
const natural = {
	regex: '^natural(/|$)',
	message:
		'natural is reached through packages/analysis/src/text/natural.ts only: its root import costs a second and 160 MB.',
};
const embedded = {
	regex: '^(@electric-sql/|pg$)',
	message: 'Only packages/db opens a database: use openDatabase of @throughline/db.',
};
const otherPackage = {
	regex: '(\\.\\./)+packages/',
	message: 'Import a package by its name; its exports are what it offers.',
};

export const direction = [
	room(
		['apps/web/**'],
		[
			{
				regex: '^@throughline/(db|tooling)(/|$)|(^|/)api/src/|^kysely',
				message: 'Pages know the API only: ask it over HTTP.',
			},
			{
				regex: '^@throughline/api(/(?!client$)|$)',
				message: 'Only the types of @throughline/api/client are for pages.',
			},
			{
				regex: '^@throughline/(api/client|analysis/charts)$',
				allowTypeImports: true,
				message: 'Pages take types from here, never code.',
			},
			{
				regex: '^@throughline/analysis(/(?!charts$|dialog$)|$)',
				message:
					'Pages render what the API decided: only the types of analysis/charts are for them, and the rules of analysis/dialog where there is no API (docs/decisions/0013).',
			},
			otherPackage,
		],
	),
	room(
		['apps/api/**'],
		[
			natural,
			embedded,
			otherPackage,
			{ regex: '^@throughline/web', message: 'Only start/load-pages.ts loads the built pages.' },
		],
	),
	room(['packages/db/**'], [apps, natural]),
	room(
		['packages/survey-engine/**', 'packages/analysis/**'],
		[
			apps,
			embedded,
			natural,
			{ regex: '^@throughline/db', message: 'Pure rooms know no database: take values.' },
			{ regex: '^kysely', message: 'Pure rooms know no database: take values.' },
		],
	),
	room(
		['packages/survey-engine/**'],
		[
			apps,
			{
				regex: '^(?!zod$|vitest|fast-check$|\\.|node:)',
				message: 'The survey engine depends on zod alone.',
			},
		],
	),
	{
		files: ['packages/analysis/src/text/natural*.ts'],
		rules: { '@typescript-eslint/no-restricted-imports': 'off' },
	},
];

const PURE =
	'This package is pure: values in, values out. Take this as an argument (docs/architecture.md).';

export const pure = [
	{
		files: ['packages/survey-engine/src/**/*.ts', 'packages/analysis/src/**/*.ts'],
		ignores: ['**/*.test.ts'],
		rules: {
			'no-restricted-globals': [
				'error',
				...[
					'process',
					'fetch',
					'performance',
					'setTimeout',
					'setInterval',
					'setImmediate',
					'navigator',
					'localStorage',
					'window',
					'document',
				].map((name) => ({ name, message: PURE })),
			],
			'no-restricted-properties': [
				'error',
				{ object: 'Date', property: 'now', message: PURE },
				{ object: 'Math', property: 'random', message: PURE },
				{ property: 'getRandomValues', message: PURE },
				{ property: 'randomUUID', message: PURE },
			],
			'no-restricted-syntax': [
				'error',
				{
					selector: 'NewExpression[callee.name="Date"][arguments.length=0]',
					message: PURE,
				},
				{ selector: 'CallExpression[callee.name="Date"]', message: PURE },
				{ selector: 'ImportDeclaration[source.value=/^node:/]', message: PURE },
				{ selector: 'ImportExpression[source.value=/^node:/]', message: PURE },
			],
		},
	},
];

function room(files, patterns) {
	return {
		files,
		rules: {
			'@typescript-eslint/no-restricted-imports': ['error', { patterns }],
		},
	};
}
