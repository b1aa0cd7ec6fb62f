import { spawnSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { root } from './root.mjs';

const LOCKFILE = join(root, 'package-lock.json');
const INSTALLED = join(root, 'node_modules', '.package-lock.json');
const STAMP = join(root, 'node_modules', '.throughline', 'lockfile');

/**
 * Installs the packages of the lockfile when they are not there: `npm ci`, once per lockfile.
 * Runs on the host's own Node with nothing installed.
 * @param {(words: string) => void} step
 * @throws Error in words when it cannot be done.
 */
export function ensurePackages(step) {
	const wanted = hashOf(LOCKFILE);
	if (readOrEmpty(STAMP) === wanted) {
		return;
	}
	if (!isInstalled()) {
		step('Installing packages');
		install();
	}
	mkdirSync(join(STAMP, '..'), { recursive: true });
	writeFileSync(STAMP, wanted);
}

/** Whether node_modules holds what the lockfile names: someone may have run npm by hand. */
function isInstalled() {
	const wanted = packagesOf(LOCKFILE);
	const present = packagesOf(INSTALLED);
	if (wanted === null || present === null) {
		return false;
	}
	return Object.entries(wanted).every(([path, { version, optional, peer }]) => {
		const isOurs = !path.startsWith('node_modules/');
		const found = present[path];
		return isOurs || (found ? found.version === version : Boolean(optional || peer));
	});
}

/** Tries twice: a registry that stumbles, or two npm at one cache, is no reason to give up. */
function install() {
	const first = npmCi();
	if (first === null) {
		return;
	}
	const second = isLasting(first) ? first : npmCi();
	if (second !== null) {
		throw new Error(wordsFor(second));
	}
}

/** Returns what npm printed when it failed, or null. */
function npmCi() {
	const npm = process.env.npm_execpath;
	const [command, args] = npm?.endsWith('.js') ? [process.execPath, [npm]] : ['npm', []];
	const { status, stdout, stderr, error } = spawnSync(
		command,
		[...args, 'ci', '--loglevel=error'],
		{
			cwd: root,
			encoding: 'utf8',
			shell: process.platform === 'win32',
			maxBuffer: 64 * 1024 * 1024,
		},
	);
	return status === 0 ? null : `${stdout ?? ''}${stderr ?? ''}${error?.message ?? ''}`;
}

function isLasting(output) {
	return / in sync|ENOSPC|EACCES|EPERM|EROFS|ENOTFOUND/.test(output);
}

function wordsFor(output) {
	const last = output.trim().split('\n').slice(-12).join('\n');
	if (/ENOTFOUND|EAI_AGAIN|ECONNREFUSED|ECONNRESET|ETIMEDOUT|ERR_SOCKET_TIMEOUT/.test(output)) {
		return `The packages could not be fetched: the registry was not reached. Check the network and proxy (npm config get registry), then run this again.\n${last}`;
	}
	if (/ in sync/.test(output)) {
		return `package.json and package-lock.json do not fit together: someone changed one without the other. Run npm install, and commit both.\n${output.match(/(Missing|Invalid): .*/g)?.join('\n') ?? last}`;
	}
	if (/ENOSPC/.test(output)) {
		return `The disk is full. Installing needs about 1 GB in ${root}.\n${last}`;
	}
	if (/EACCES|EPERM|EROFS/.test(output)) {
		return `This user may not write to ${root}. Make the folder theirs, then run this again.\n${last}`;
	}
	return `Installing the packages failed (npm ci). npm says:\n${last}`;
}

function packagesOf(file) {
	try {
		return JSON.parse(readFileSync(file, 'utf8')).packages;
	} catch {
		return null;
	}
}

function hashOf(file) {
	return createHash('sha256').update(readFileSync(file)).digest('hex');
}

function readOrEmpty(file) {
	try {
		return readFileSync(file, 'utf8');
	} catch {
		return '';
	}
}
