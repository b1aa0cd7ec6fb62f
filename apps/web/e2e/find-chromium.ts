import { existsSync } from 'node:fs';
import { delimiter, join } from 'node:path';

const names = ['chromium', 'chromium-browser', 'google-chrome', 'google-chrome-stable'];
const elsewhere = [
	'/Applications/Google Chrome.app/Contents/MacOS/Google Chrome',
	'/Applications/Chromium.app/Contents/MacOS/Chromium',
];

/**
 * The Chromium of this machine: CHROMIUM_PATH, or one on the path.
 * @throws Error naming the command that installs it.
 */
export function findChromium(env: NodeJS.ProcessEnv = process.env): string {
	const named = env['CHROMIUM_PATH'];
	if (named !== undefined && named !== '') {
		if (!existsSync(named)) {
			throw new Error(`CHROMIUM_PATH names ${named}, and there is no such file.`);
		}
		return named;
	}
	const folders = ['/usr/bin', ...(env['PATH'] ?? '').split(delimiter)];
	const places = folders.flatMap((folder) => names.map((name) => join(folder, name)));
	const found = [...places, ...elsewhere].find((place) => existsSync(place));
	if (found === undefined) {
		throw new Error(
			'The browser journeys need Chromium, and none was found.\n' +
				'Install it (apt-get install chromium) or name it (CHROMIUM_PATH=/path/to/chromium).',
		);
	}
	return found;
}
