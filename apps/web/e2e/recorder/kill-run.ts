import type { Page } from '@playwright/test';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { startBrowser } from './browser.ts';
import { type Decoded, decoded } from './decoded.ts';
import { callerOf, type Room, signIn } from './room.ts';
import { sha256, storedRecording } from './stored.ts';

export const PASSPHRASE = 'four tall birches';

export interface KillRun {
	/** Seconds of recording before SIGKILL. */
	killedAfter: number;
	/** Seconds that were on the disk when the browser was opened again. */
	recovered: number;
	lost: number;
	/** Of the file on the server's disk. */
	bytes: number;
	/** What the server says after it compared every slice's hash and the whole. */
	status: string;
	/** The server's file begins with exactly what the device had saved, by SHA-256. */
	isSame: boolean;
	/** As what the first segment is played, and what ffmpeg makes of it: it is as it was recorded. */
	mime: string;
	original: Decoded;
}

export interface KillSetting {
	room: Room;
	/** Of the page with the recorder. */
	origin: string;
	/** Where the server keeps what it is sent. */
	dataDir: string;
	sound: string;
	killAfterMs: number;
	/** Goes on recording after the crash for so long, in a second segment. */
	continueForMs?: number;
	/** Words that somebody writes beside the recording. */
	typed?: string;
	/** As a browser that records MP4 alone. */
	isMp4?: boolean;
	/** Looks at the browser's own files after the kill. */
	onKilled?(profile: string): Promise<void>;
}

/**
 * One recording that ends in SIGKILL: what the device kept is found, finished, uploaded, checked
 * by the server and decoded. A kill before the first slice leaves nothing to find, and says so.
 */
export async function killRun(setting: KillSetting): Promise<KillRun> {
	const { room, origin, sound, killAfterMs } = setting;
	const profile = await mkdtemp(join(tmpdir(), 'throughline-profile-'));
	let browser = await startBrowser(profile, sound);
	try {
		const first = browser.page;
		if (setting.isMp4) {
			await first.addInitScript(onlyMp4);
		}
		await first.goto(origin);
		await first.evaluate((given) => window.harness.unlock(given), PASSPHRASE);
		await first.evaluate((given) => window.harness.show(given), room);
		await first.getByRole('button', { name: 'Check the microphone' }).click();
		await first.getByRole('button', { name: 'Start recording' }).click();
		await first.getByText('RECORDING', { exact: true }).waitFor();
		const began = performance.now();
		if (setting.typed !== undefined) {
			await type(first, { sessionId: room.sessionId, words: setting.typed });
		}
		await new Promise((done) => setTimeout(done, killAfterMs));
		const killedAfter = (performance.now() - began) / 1000;
		await browser.kill();
		await setting.onKilled?.(profile);

		browser = await startBrowser(profile, sound);
		const { page } = browser;
		await signIn(page.context(), origin);
		await page.goto(origin);
		await page.evaluate((given) => window.harness.unlock(given), PASSPHRASE);
		const [saved] = await page.evaluate(() => window.harness.saved());
		const recovered = (saved?.savedMs ?? 0) / 1000;
		const lost = Math.max(0, killedAfter - recovered);
		await page.evaluate((given) => window.harness.show(given), room);
		if (!saved || saved.bytes === 0) {
			await page.getByText('No sound waits on this tablet').waitFor();
			const original = { isAsked: false, isSound: false, seconds: 0 };
			const nothing = { bytes: 0, status: 'nothing', mime: '', isSame: true, original };
			return { killedAfter, recovered, lost, ...nothing };
		}
		await goOn(browser.page, setting.continueForMs);
		await page.waitForFunction(async () => (await window.harness.saved()).length === 0);
		await page.getByText('Everything recorded on this tablet is on the server').waitFor();
		const ask = callerOf(page.context(), origin);
		const path = `/api/engagements/${room.engagementId}/dialogs/${room.sessionId}/recordings/${saved.id}`;
		const { status } = await ask<{ status: string }>('GET', path);
		const key = { engagementId: room.engagementId, recordingId: saved.id };
		const stored = await storedRecording(setting.dataDir, key);
		const audio = await page.context().request.get(`${origin}${path}/audio?segment=0`);
		return {
			killedAfter,
			recovered,
			lost,
			bytes: stored.length,
			status,
			isSame: sha256(stored.subarray(0, saved.bytes)) === saved.sha256,
			mime: audio.headers()['content-type'] ?? '',
			original: await decoded(await audio.body()),
		};
	} finally {
		await browser.kill();
		await rm(profile, { recursive: true, force: true, maxRetries: 5 });
	}
}

/** As a note of the room is kept on the device. */
function type(page: Page, given: { sessionId: string; words: string }): Promise<void> {
	return page.evaluate(
		({ sessionId, words }) =>
			window.harness.store.operations.put({
				id: crypto.randomUUID(),
				sessionId,
				kind: 'room',
				body: { words },
			}),
		given,
	);
}

function onlyMp4(): void {
	const own = MediaRecorder.isTypeSupported.bind(MediaRecorder);
	MediaRecorder.isTypeSupported = (type) => type.includes('mp4') && own(type);
}

async function goOn(page: Page, continueForMs: number | undefined): Promise<void> {
	if (continueForMs === undefined) {
		await page.getByRole('button', { name: 'Finish' }).click();
		return;
	}
	await page.getByRole('button', { name: 'Continue' }).click();
	await page.getByText('RECORDING', { exact: true }).waitFor();
	await page.waitForTimeout(continueForMs);
	await page.getByRole('button', { name: 'Stop' }).click();
	await page.getByRole('button', { name: 'Yes, stop' }).click();
}
