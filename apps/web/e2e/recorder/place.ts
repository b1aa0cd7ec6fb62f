import { test as base } from '@playwright/test';
import { cp, mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { startThroughline } from '../start-throughline.ts';
import { type KillableBrowser, startBrowser, writeSound } from './browser.ts';
import { PASSPHRASE } from './kill-run.ts';
import { openRoom, type Room, signIn } from './room.ts';
import { type ServedHarness, serveHarness } from './serve-harness.ts';

export interface Place {
	room: Room;
	harness: ServedHarness;
	/** Where the server keeps what it is sent. */
	dataDir: string;
	/** What a microphone hears. */
	sound: string;
	/** SIGKILL, and another server over the same data at the same address. */
	restartServer(): Promise<void>;
}

/** A server, a running session with sound, and the recorder on a page of its own. */
export const test = base.extend<{ tablet: KillableBrowser }, { place: Place }>({
	place: [
		// Playwright reads the fixtures a fixture needs from this pattern; it needs none.
		// eslint-disable-next-line no-empty-pattern
		async ({}, use) => {
			const folder = await mkdtemp(join(tmpdir(), 'throughline-recorder-'));
			const dataDir = join(folder, 'data');
			await cp(process.env['THROUGHLINE_E2E_TEMPLATE'] ?? '', dataDir, { recursive: true });
			let server = await startThroughline(dataDir);
			const port = Number(new URL(server.origin).port);
			const harness = await serveHarness(server.origin);
			const sound = join(folder, 'sound.wav');
			await writeSound(sound);
			const browser = await startBrowser(join(folder, 'setup'), sound);
			await signIn(browser.page.context(), server.origin);
			const room = await openRoom(browser.page.context(), server.origin);
			await browser.kill();
			async function restartServer(): Promise<void> {
				await server.kill();
				server = await startThroughline(dataDir, { port });
			}
			try {
				await use({ room, harness, dataDir, sound, restartServer });
			} finally {
				await harness.close();
				await server.stop();
				await rm(folder, { recursive: true, force: true, maxRetries: 5 });
			}
		},
		{ scope: 'worker', timeout: 180_000 },
	],
	/** A browser of its own, signed in; the page is not opened yet. */
	tablet: async ({ place }, use) => {
		const profile = await mkdtemp(join(tmpdir(), 'throughline-profile-'));
		const browser = await startBrowser(profile, place.sound);
		await signIn(browser.page.context(), place.harness.origin);
		try {
			await use(browser);
		} finally {
			await browser.kill();
			await rm(profile, { recursive: true, force: true, maxRetries: 5 });
		}
	},
});

/** Opens the recorder on it, unlocked. */
export async function openRecorder({ page }: KillableBrowser, place: Place): Promise<void> {
	await page.goto(place.harness.origin);
	await page.evaluate((given) => window.harness.unlock(given), PASSPHRASE);
	await page.evaluate((given) => window.harness.show(given), place.room);
}
