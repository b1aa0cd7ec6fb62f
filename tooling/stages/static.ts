import { checkDocs } from '../checks/docs.ts';
import { checkSizes } from '../checks/sizes.ts';
import { commandStage } from './command.ts';
import type { Stage } from './stage.ts';

/** What can be said about the code without running it. */
export const staticStages: readonly Stage[] = [
	commandStage('Checking the format', {
		module: 'prettier/bin/prettier.cjs',
		args: ['--check', '.', '--cache', '--log-level=warn'],
	}),
	commandStage('Checking the boundaries of packages', {
		module: 'turbo/bin/turbo',
		args: ['boundaries'],
	}),
	listStage('Checking the size of files', checkSizes),
	listStage('Checking that the docs name everything', checkDocs),
	commandStage('Looking for what nothing uses', {
		module: 'knip/bin/knip.js',
		args: ['--no-progress'],
	}),
	commandStage('Checking types', turbo('check')),
	commandStage('Linting', turbo('lint')),
];

/** A turbo task in every package, or in those named; unchanged ones come from its cache. */
export function turbo(task: string, ...packages: string[]) {
	return {
		module: 'turbo/bin/turbo',
		args: [
			'run',
			task,
			'--output-logs=errors-only',
			'--continue=always',
			'--concurrency=2',
			...packages.map((name) => `--filter=${name}`),
		],
	};
}

/** A stage that passes when its check lists no problem. */
function listStage(name: string, check: () => Promise<string[]>): Stage {
	return {
		name,
		async run() {
			const problems = await check();
			const failed = problems.length > 0 ? 1 : 0;
			return { passed: 1 - failed, failed, skipped: 0, report: problems.join('\n') };
		},
	};
}
