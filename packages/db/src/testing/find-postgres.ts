import { spawnSync } from 'node:child_process';
import { existsSync, mkdirSync, readdirSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { versionProblem } from '../open-server.ts';

/** The folder of a usable `initdb` and `postgres`, or why there is none and what installs them. */
export type Found =
	{ type: 'found'; bin: string; version: string } | { type: 'missing'; reason: string };

const INSTALL = 'apt-get install -y postgresql';
const CLUSTER_SETTINGS = '/etc/postgresql-common/createcluster.conf';

/** Finds PostgreSQL on this machine; installs Debian's when there is none and this is root. */
export function findPostgres(): Found {
	const first = findInstalled();
	if (first.type === 'found' || !canInstall()) {
		return first;
	}
	const failure = installFromDebian();
	const second = findInstalled();
	return second.type === 'found' || failure === null
		? second
		: { type: 'missing', reason: `${second.reason} Installing it failed: ${failure}` };
}

function findInstalled(): Found {
	const problems: string[] = [];
	for (const bin of candidates()) {
		const version = versionOf(bin);
		const problem = version === null ? 'it does not run' : versionProblem(version.number);
		if (problem === null && version !== null) {
			return { type: 'found', bin, version: version.text };
		}
		problems.push(`${bin}: ${problem}`);
	}
	const seen = problems.length === 0 ? '' : ` (${problems.join('; ')})`;
	return {
		type: 'missing',
		reason: `No PostgreSQL 15 or newer was found${seen}. Install it (${INSTALL}), or set TEST_DATABASE_URL to a server.`,
	};
}

/** Newest first: Debian's folders, Homebrew's, then whatever the PATH and pg_config name. */
function candidates(): string[] {
	const roots = ['/usr/lib/postgresql', '/usr/local/opt', '/opt/homebrew/opt', '/usr'];
	const versioned = roots.flatMap((root) =>
		listFolders(root).map((name) => join(root, name, 'bin')),
	);
	const fromPath = (process.env['PATH'] ?? '').split(':');
	const config = spawnSync('pg_config', ['--bindir'], { encoding: 'utf8' });
	const named = config.status === 0 ? [config.stdout.trim()] : [];
	const all = [...versioned, ...named, ...fromPath].filter(
		(bin) => bin !== '' && existsSync(join(bin, 'postgres')) && existsSync(join(bin, 'initdb')),
	);
	return [...new Set(all)];
}

function listFolders(root: string): string[] {
	const names = existsSync(root) ? readdirSync(root) : [];
	return names
		.filter((name) => /^(\d+|postgresql@\d+|pgsql-\d+)$/.test(name))
		.sort((a, b) => b.localeCompare(a, 'en', { numeric: true }));
}

function versionOf(bin: string): { text: string; number: number } | null {
	const answer = spawnSync(join(bin, 'postgres'), ['--version'], { encoding: 'utf8' });
	const match = /(\d+)\.(\d+)/.exec(answer.stdout ?? '');
	if (answer.status !== 0 || match === null) {
		return null;
	}
	return { text: match[0], number: Number(match[1]) * 10_000 + Number(match[2]) };
}

function canInstall(): boolean {
	return process.getuid?.() === 0 && existsSync('/usr/bin/apt-get');
}

/** Debian would start a cluster of its own; the tests make theirs. Returns what failed, or null. */
function installFromDebian(): string | null {
	if (!existsSync(CLUSTER_SETTINGS)) {
		mkdirSync(dirname(CLUSTER_SETTINGS), { recursive: true });
		writeFileSync(CLUSTER_SETTINGS, 'create_main_cluster = false\n');
	}
	console.error(`PostgreSQL is missing: running ${INSTALL} (once)`);
	const environment = { ...process.env, DEBIAN_FRONTEND: 'noninteractive' };
	const commands = [
		['update'],
		[
			'install',
			'-y',
			'--no-install-recommends',
			'-o',
			'Dpkg::Options::=--force-confold',
			'postgresql',
		],
	];
	for (const parameters of commands) {
		const done = spawnSync('apt-get', parameters, { encoding: 'utf8', env: environment });
		if (done.status !== 0) {
			return `apt-get ${parameters[0]}: ${(done.stderr ?? '').trim().split('\n').at(-1)}`;
		}
	}
	return null;
}
