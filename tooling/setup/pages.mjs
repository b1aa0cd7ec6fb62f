import { spawnSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { existsSync, mkdirSync, readdirSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { root } from './root.mjs';

const BUILD = join(root, 'apps', 'web', 'build', 'handler.js');
const STAMP = join(root, 'node_modules', '.throughline', 'pages');
const SOURCES = [
	'apps/web/src',
	'apps/web/static',
	'apps/web/package.json',
	'apps/web/tsconfig.json',
	'apps/web/vite.config.ts',
	'packages/analysis/src/charts',
	'packages/survey-engine/src',
	'package-lock.json',
];

/**
 * Builds the pages when their sources changed since the last build: a look at sizes and times,
 * then turbo, which knows by content.
 * @param {string} node the Node to build with
 * @param {(words: string) => void} step
 * @throws Error with the end of the build's output when it fails.
 */
export function ensurePages(node, step) {
	const wanted = signature();
	if (existsSync(BUILD) && existsSync(STAMP) && readFileSync(STAMP, 'utf8') === wanted) {
		return;
	}
	step('Building the pages');
	const turbo = join(root, 'node_modules', 'turbo', 'bin', 'turbo');
	const { status, stdout, stderr } = spawnSync(
		node,
		[turbo, 'run', 'build', '--filter=@throughline/web', '--output-logs=errors-only'],
		{ cwd: root, encoding: 'utf8', env: buildEnvironment(), maxBuffer: 64 * 1024 * 1024 },
	);
	if (status !== 0 || !existsSync(BUILD)) {
		const output = `${stdout ?? ''}${stderr ?? ''}`.trim().split('\n').slice(-40).join('\n');
		throw new Error(`The pages could not be built.\n${output}`);
	}
	mkdirSync(join(STAMP, '..'), { recursive: true });
	writeFileSync(STAMP, wanted);
}

/** The environment of turbo and what it runs: our Node first, nothing sent anywhere. */
export function buildEnvironment() {
	const bin = join(root, 'node_modules', '.bin');
	const separator = process.platform === 'win32' ? ';' : ':';
	return {
		...process.env,
		PATH: `${bin}${separator}${process.env.PATH ?? ''}`,
		TURBO_TELEMETRY_DISABLED: '1',
		TURBO_NO_UPDATE_NOTIFIER: '1',
		DO_NOT_TRACK: '1',
	};
}

function signature() {
	const hash = createHash('sha256');
	for (const source of SOURCES) {
		add(hash, source);
	}
	return hash.digest('hex');
}

function add(hash, path) {
	const stats = statSync(join(root, path), { throwIfNoEntry: false });
	if (!stats) {
		return;
	}
	if (!stats.isDirectory()) {
		hash.update(`${path}\0${stats.size}\0${stats.mtimeMs}\n`);
		return;
	}
	for (const name of readdirSync(join(root, path)).sort()) {
		add(hash, `${path}/${name}`);
	}
}
