import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { filesWith } from './files-with.ts';
import { writeSound } from './recorder/browser.ts';
import { hasFfmpeg } from './recorder/decoded.ts';
import { killRun, PASSPHRASE } from './recorder/kill-run.ts';
import { openRecorder, test } from './recorder/place.ts';
import { uploadRun } from './recorder/upload-run.ts';
import { expect } from './support.ts';

test.describe.configure({ mode: 'serial', timeout: 180_000 });

const EBML = Buffer.from([0x1a, 0x45, 0xdf, 0xa3]);

for (const { then, killAfterMs, ...more } of [
	{ then: 'finishes', killAfterMs: 14_000 },
	{ then: 'continues', killAfterMs: 17_500, continueForMs: 6000 },
	{ then: 'finishes what was recorded as MP4', killAfterMs: 12_500, isMp4: true },
]) {
	test(`a browser killed after ${killAfterMs} ms loses ten seconds at most, and ${then}`, async ({
		place,
	}) => {
		const { harness, room, dataDir, sound } = place;
		const { origin } = harness;
		const run = await killRun({ room, origin, dataDir, sound, killAfterMs, ...more });
		expect(run.lost).toBeLessThanOrEqual(10);
		expect(run.recovered).toBeGreaterThan(0);
		expect(['received', 'ready']).toContain(run.status);
		expect(run.isSame).toBe(true);
		expect(run.mime).toMatch('isMp4' in more ? /^audio\/mp4/ : /^audio\/webm/);
		if (hasFfmpeg) {
			expect(run.original.isSound).toBe(true);
			expect(Math.abs(run.original.seconds - run.recovered)).toBeLessThan(3);
		}
	});
}

test('a browser killed before its first slice leaves nothing behind, and says so', async ({
	place,
}) => {
	const { harness, room, dataDir, sound } = place;
	const setting = { room, origin: harness.origin, dataDir, sound, killAfterMs: 1500 };
	expect(await killRun(setting)).toMatchObject({ status: 'nothing', recovered: 0 });
});

test('no word and no sound can be read from the files of a killed browser', async ({ place }) => {
	const { harness, room, dataDir, sound } = place;
	let found: string[] | null = null;
	let control: string[] = [];
	await killRun({
		room,
		origin: harness.origin,
		dataDir,
		sound,
		killAfterMs: 11_000,
		typed: 'Heliotrope lockers 4471',
		async onKilled(profile) {
			const secrets = ['Heliotrope lockers 4471', PASSPHRASE, room.token ?? '', 'OpusHead', EBML];
			found = (await filesWith(join(profile, 'Default', 'IndexedDB'), secrets)).hits;
			control = (await filesWith(join(profile, 'Default', 'IndexedDB'), [room.sessionId])).hits;
			const words = ['Heliotrope lockers 4471', PASSPHRASE];
			found = [...found, ...(await filesWith(profile, words)).hits];
		},
	});
	expect(found).toEqual([]);
	// The control: what does lie there in the clear is found.
	expect(control.length).toBeGreaterThan(0);
});

for (const kind of ['network', 'server'] as const) {
	const words = kind === 'network' ? 'the network goes' : 'the server is killed';
	test(`every byte arrives once when ${words} under an upload`, async ({ place, tablet }) => {
		const { harness, room, dataDir, sound, restartServer } = place;
		const path = join(sound, `../${kind}.wav`);
		await writeSound(path, { seconds: 40 });
		const file = await readFile(path);
		const { page } = tablet;
		await page.goto(harness.origin);
		const cuts = [{ kind, atByte: 1_700_003 }];
		const setting = { page, room, harness, dataDir, file, speed: 1_500_000, cuts, restartServer };
		const run = await uploadRun(setting);
		expect(run).toMatchObject({
			isAddedOnce: true,
			isSame: true,
			isKeptUntilVerified: true,
			isClearedHere: true,
			bytes: file.length,
		});
		expect(run.cuts[0]?.resumedAt).toBeGreaterThan(0);
		expect(run.cuts[0]?.resumedAt).toBeLessThanOrEqual(1_700_003);
	});
}

test('a tablet that is not of the project records nothing', async ({ place, tablet }) => {
	const { page } = tablet;
	await openRecorder(tablet, { ...place, room: { ...place.room, token: null } });
	await expect(page.getByText('This device may not record')).toBeVisible();
	await expect(page.getByRole('button', { name: 'Check the microphone' })).toHaveCount(0);
});
