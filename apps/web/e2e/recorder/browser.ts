import { type Browser, chromium, type Page } from '@playwright/test';
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdir, writeFile } from 'node:fs/promises';
import { findChromium } from '../find-chromium.ts';

const RATE = 48_000;
const LOOP_SECONDS = 10;
const PATIENCE_MS = 60_000;

export interface KillableBrowser {
	page: Page;
	browser: Browser;
	/** SIGKILL to every process of it, as a battery that falls out. */
	kill(): Promise<void>;
}

/** A Chromium with a profile of its own whose microphone hears a file, and that can be killed. */
export async function startBrowser(profile: string, sound: string): Promise<KillableBrowser> {
	await mkdir(profile, { recursive: true });
	const child = spawn(
		findChromium(),
		[
			'--headless=new',
			'--no-sandbox',
			'--disable-gpu',
			'--no-first-run',
			'--disable-background-networking',
			'--disable-component-update',
			'--disable-sync',
			'--autoplay-policy=no-user-gesture-required',
			'--use-fake-device-for-media-stream',
			'--use-fake-ui-for-media-stream',
			`--use-file-for-fake-audio-capture=${sound}`,
			`--user-data-dir=${profile}`,
			'--remote-debugging-port=0',
			'about:blank',
		],
		// A group of its own: all of it dies at once.
		// What it leaves behind lies in its profile, and goes with it.
		{
			stdio: ['ignore', 'ignore', 'pipe'],
			detached: true,
			env: { ...process.env, TMPDIR: profile },
		},
	);
	const address = Promise.withResolvers<string>();
	let output = '';
	child.stderr.on('data', (chunk: Buffer) => {
		output += chunk.toString();
		const found = /DevTools listening on (ws:\S+)/.exec(output)?.[1];
		if (found !== undefined) {
			address.resolve(found);
		}
	});
	child.once('exit', () => address.reject(new Error(`Chromium ended: ${output}`)));
	const browser = await chromium.connectOverCDP(await address.promise);
	const [context] = browser.contexts();
	if (!context) {
		throw new Error('Chromium has no window.');
	}
	const page = context.pages()[0] ?? (await context.newPage());
	page.setDefaultTimeout(PATIENCE_MS);
	return {
		page,
		browser,
		async kill() {
			if (child.pid !== undefined && child.exitCode === null && child.signalCode === null) {
				const gone = once(child, 'exit');
				process.kill(-child.pid, 'SIGKILL');
				await gone;
			}
			await browser.close().catch(() => undefined);
		},
	};
}

/** A WAV file of tone bursts, each second another height, for the microphone to hear. */
export async function writeSound(path: string, { seconds = LOOP_SECONDS } = {}): Promise<void> {
	const samples = RATE * seconds;
	const wav = Buffer.alloc(44 + samples * 2);
	wav.write('RIFF', 0, 'latin1');
	wav.writeUInt32LE(36 + samples * 2, 4);
	wav.write('WAVEfmt ', 8, 'latin1');
	wav.writeUInt32LE(16, 16);
	wav.writeUInt16LE(1, 20);
	wav.writeUInt16LE(1, 22);
	wav.writeUInt32LE(RATE, 24);
	wav.writeUInt32LE(RATE * 2, 28);
	wav.writeUInt16LE(2, 32);
	wav.writeUInt16LE(16, 34);
	wav.write('data', 36, 'latin1');
	wav.writeUInt32LE(samples * 2, 40);
	for (let at = 0; at < samples; at += 1) {
		const height = 200 + 40 * Math.floor(at / RATE);
		const isOn = at % RATE < RATE * 0.7;
		const value = isOn ? Math.sin((2 * Math.PI * height * at) / RATE) * 12_000 : 0;
		wav.writeInt16LE(Math.round(value), 44 + at * 2);
	}
	await writeFile(path, wav);
}
