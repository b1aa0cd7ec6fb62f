// `npm start`: plain JavaScript, for it runs before anything is installed, on Node 20 and newer.
import { join } from 'node:path';
import { handOver } from './setup/hand-over.mjs';
import { findNode } from './setup/node.mjs';
import { ensurePackages } from './setup/packages.mjs';
import { ensurePages } from './setup/pages.mjs';
import { beganAt, giveUp, step } from './setup/progress.mjs';
import { root } from './setup/root.mjs';

try {
	ensurePackages(step);
	const node = findNode();
	ensurePages(node, step);
	const main = join(root, 'apps', 'api', 'src', 'main.ts');
	handOver(node, [main, `--began-at=${beganAt()}`, ...process.argv.slice(2)]);
} catch (error) {
	giveUp(error.message);
}
