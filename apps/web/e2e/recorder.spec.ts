import { test as base } from '@playwright/test';
import { cp, mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { startBrowser, writeSound } from './recorder/browser.ts';
import { hasFfmpeg } from './recorder/decoded.ts';
import { killRun } from './recorder/kill-run.ts';
import { openRoom, type Room, signIn } from './recorder/room.ts';
import { type ServedHarness, serveHarness } from './recorder/serve-harness.ts';
import { startThroughline } from './start-throughline.ts';
import { expect } from './support.ts';

interface Place {
	room: Room;
	harness: ServedHarness;
	sound: string;
}

/** A server, a running session with sound, and the recorder on a page of its own. */
const test = base.extend<object, { place: Place }>({
	place: [
		// Playwright reads the fixtures a fixture needs from this pattern; it needs none.
		// eslint-disable-next-line no-empty-pattern
		async ({}, use) => {
			const folder = await mkdtemp(join(tmpdir(), 'throughline-recorder-'));
			const dataDir = join(folder, 'data');
			await cp(process.env['THROUGHLINE_E2E_TEMPLATE'] ?? '', dataDir, { recursive: true });
			const server = await startThroughline(dataDir);
			const harness = await serveHarness(server.origin);
			const sound = join(folder, 'sound.wav');
			await writeSound(sound);
			const browser = await startBrowser(join(folder, 'setup'), sound);
			await signIn(browser.page.context(), server.origin);
			const room = await openRoom(browser.page.context(), server.origin);
			await browser.kill();
			try {
				await use({ room, harness, sound });
			} finally {
				await harness.close();
				await server.stop();
				await rm(folder, { recursive: true, force: true, maxRetries: 5 });
			}
		},
		{ scope: 'worker', timeout: 180_000 },
	],
});

test.describe.configure({ mode: 'serial', timeout: 120_000 });

for (const { killAfterMs, continueForMs } of [
	{ killAfterMs: 14_000 },
	{ killAfterMs: 17_500, continueForMs: 6000 },
]) {
	const then = continueForMs === undefined ? 'finishes' : 'continues';
	test(`a browser killed after ${killAfterMs} ms loses ten seconds at most, and ${then}`, async ({
		place,
	}) => {
		const { harness, ...setting } = place;
		const run = await killRun({
			...setting,
			origin: harness.origin,
			killAfterMs,
			...(continueForMs !== undefined && { continueForMs }),
		});
		expect(run.lost).toBeLessThanOrEqual(10);
		expect(run.recovered).toBeGreaterThan(0);
		expect(['received', 'ready']).toContain(run.status);
		expect(run.sameHash).toBe(true);
		if (hasFfmpeg) {
			expect(run.original.isSound).toBe(true);
			expect(Math.abs(run.original.seconds - run.recovered)).toBeLessThan(3);
		}
	});
}
