import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { startBrowser } from './browser.ts';
import { type Decoded, decoded } from './decoded.ts';
import { callerOf, type Room, signIn } from './room.ts';

const PASSPHRASE = 'four tall birches';

export interface KillRun {
	/** Seconds of recording before SIGKILL. */
	killedAfter: number;
	/** Seconds that were on the disk when the browser was opened again. */
	recovered: number;
	lost: number;
	bytes: number;
	/** What the server says after verification, and what ffmpeg makes of the file. */
	status: string;
	sameHash: boolean;
	original: Decoded;
}

interface Setting {
	room: Room;
	/** Of the page with the recorder. */
	origin: string;
	sound: string;
	killAfterMs: number;
	/** Goes on recording after the crash for so long, in a second segment. */
	continueForMs?: number;
}

/**
 * One recording that ends in SIGKILL: what the device kept is found, finished, uploaded, checked
 * by the server and decoded.
 */
export async function killRun({
	room,
	origin,
	sound,
	killAfterMs,
	continueForMs,
}: Setting): Promise<KillRun> {
	const profile = await mkdtemp(join(tmpdir(), 'throughline-profile-'));
	let browser = await startBrowser(profile, sound);
	try {
		const first = browser.page;
		await first.goto(origin);
		await first.evaluate((given) => window.harness.unlock(given), PASSPHRASE);
		await first.evaluate((given) => window.harness.show(given), room);
		await first.getByRole('button', { name: 'Check the microphone' }).click();
		await first.getByRole('button', { name: 'Start recording' }).click();
		await first.getByText('RECORDING', { exact: true }).waitFor();
		const began = performance.now();
		await new Promise((done) => setTimeout(done, killAfterMs));
		const killedAfter = (performance.now() - began) / 1000;
		await browser.kill();

		browser = await startBrowser(profile, sound);
		const { page } = browser;
		await signIn(page.context(), origin);
		await page.goto(origin);
		await page.evaluate((given) => window.harness.unlock(given), PASSPHRASE);
		const [saved] = await page.evaluate(() => window.harness.saved());
		await page.evaluate((given) => window.harness.show(given), room);
		if (continueForMs === undefined) {
			await page.getByRole('button', { name: 'Finish' }).click();
		} else {
			await page.getByRole('button', { name: 'Continue' }).click();
			await page.getByText('RECORDING', { exact: true }).waitFor();
			await page.waitForTimeout(continueForMs);
			await page.getByRole('button', { name: 'Stop' }).click();
			await page.getByRole('button', { name: 'Yes, stop' }).click();
		}
		await page.waitForFunction(async () => (await window.harness.saved()).length === 0);
		await page.getByText('Everything recorded on this tablet is on the server').waitFor();
		const ask = callerOf(page.context(), origin);
		const path = `/api/engagements/${room.engagementId}/dialogs/${room.sessionId}/recordings/${saved?.id}`;
		const view = await ask<{ status: string; bytes: number; audio: string }>('GET', path);
		const sameHash = view.bytes >= (saved?.bytes ?? Infinity) && view.status !== 'failed';
		const recovered = (saved?.savedMs ?? 0) / 1000;
		const audio = await page.context().request.get(`${origin}${path}/audio?segment=0`);
		return {
			killedAfter,
			recovered,
			lost: Math.max(0, killedAfter - recovered),
			bytes: view.bytes,
			status: view.status,
			sameHash,
			original: await decoded(await audio.body()),
		};
	} finally {
		await browser.kill();
		await rm(profile, { recursive: true, force: true, maxRetries: 5 });
	}
}
