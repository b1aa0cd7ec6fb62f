// `npm run dev | check | test | bench | mutation | docs`: gets everything ready, then runs the task's own file on Node 24.
import { join } from 'node:path';
import { handOver } from './setup/hand-over.mjs';
import { findNode } from './setup/node.mjs';
import { ensurePackages } from './setup/packages.mjs';
import { beganAt, giveUp, step } from './setup/progress.mjs';
import { root } from './setup/root.mjs';

const TASKS = {
	bench: 'bench/main.ts',
	check: 'check.ts',
	dev: 'dev.ts',
	docs: 'docs.ts',
	mutation: 'mutation/main.ts',
	offline: 'offline.ts',
	test: 'test.ts',
};
const [task, ...rest] = process.argv.slice(2);

try {
	const file = TASKS[task];
	if (!file) {
		throw new Error(`There is no task '${task}'. Tasks: ${Object.keys(TASKS).join(', ')}.`);
	}
	ensurePackages(step);
	process.env.THROUGHLINE_BEGAN_AT = String(beganAt());
	handOver(findNode(), [join(root, 'tooling', file), ...rest]);
} catch (error) {
	giveUp(error.message);
}
