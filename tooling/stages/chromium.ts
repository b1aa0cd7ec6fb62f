import { spawnSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import { delimiter, join } from 'node:path';

const NAMES = ['chromium', 'chromium-browser', 'google-chrome', 'google-chrome-stable'];
const MAC = [
	'/Applications/Google Chrome.app/Contents/MacOS/Google Chrome',
	'/Applications/Chromium.app/Contents/MacOS/Chromium',
];
const INSTALL = 'apt-get install -y chromium';

/**
 * The path of a Chromium: CHROMIUM_PATH, one on the path, or Debian's, installed when this is root.
 * @throws Error naming the command that installs it.
 */
export async function findOrInstallChromium(): Promise<string> {
	const first = findChromium();
	if (first !== null) {
		return first;
	}
	const canInstall = process.getuid?.() === 0 && existsSync('/usr/bin/apt-get');
	const failure = canInstall ? install() : '';
	const second = findChromium();
	if (second !== null) {
		return second;
	}
	throw new Error(
		`The browser journeys were not run: there is no Chromium. Install it (${INSTALL}) or name it (CHROMIUM_PATH=/path/to/chromium). ${failure}`.trim(),
	);
}

function findChromium(): string | null {
	const named = process.env['CHROMIUM_PATH'];
	if (named !== undefined && named !== '') {
		return existsSync(named) ? named : null;
	}
	const folders = ['/usr/bin', ...(process.env['PATH'] ?? '').split(delimiter)];
	const places = folders.flatMap((folder) => NAMES.map((name) => join(folder, name)));
	return [...places, ...MAC].find((place) => existsSync(place)) ?? null;
}

/** Returns what went wrong, or an empty text. */
function install(): string {
	console.log(`          Chromium is missing: ${INSTALL} (once)`);
	const env = { ...process.env, DEBIAN_FRONTEND: 'noninteractive' };
	for (const args of [['update'], ['install', '-y', '--no-install-recommends', 'chromium']]) {
		const { status, stderr } = spawnSync('apt-get', args, { encoding: 'utf8', env });
		if (status !== 0) {
			return `apt-get ${args[0]} failed: ${(stderr ?? '').trim().split('\n').at(-1)}`;
		}
	}
	return '';
}
