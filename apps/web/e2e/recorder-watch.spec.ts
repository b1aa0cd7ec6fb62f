import type { Page } from '@playwright/test';
import { openRecorder, type Place, test } from './recorder/place.ts';
import { expect, expectNoAxeViolations } from './support.ts';

test.describe.configure({ mode: 'serial', timeout: 180_000 });

/** Keeps hold of the microphone, as the system does, so that a test can take it away. */
function holdMicrophone(): void {
	const own = navigator.mediaDevices.getUserMedia.bind(navigator.mediaDevices);
	navigator.mediaDevices.getUserMedia = async (constraints) => {
		const stream = await own(constraints);
		window.track = stream.getAudioTracks()[0];
		return stream;
	};
}

declare global {
	interface Window {
		track: MediaStreamTrack | undefined;
		asked: number;
	}
}

async function check(page: Page): Promise<void> {
	await page.getByRole('button', { name: 'Check the microphone' }).click();
	await expect(page.getByRole('button', { name: 'Start recording' })).toBeVisible();
}

async function record(page: Page): Promise<void> {
	await check(page);
	await page.getByRole('button', { name: 'Start recording' }).click();
	await expect(page.getByText('RECORDING', { exact: true })).toBeVisible();
}

/** Ends with the recording on the server, and gives what the server knows of it. */
async function stopAndRead(page: Page, { room, harness }: Place) {
	const [recording] = await page.evaluate(() => window.harness.store.recordings.list());
	await page.getByRole('button', { name: 'Stop' }).click();
	await page.getByRole('button', { name: 'Yes, stop' }).click();
	await expect(page.getByText('Everything recorded on this tablet is on the server')).toBeVisible();
	const path = `/api/engagements/${room.engagementId}/dialogs/${room.sessionId}/recordings`;
	const answer = await page.context().request.get(`${harness.origin}${path}/${recording?.id}`);
	return answer.json() as Promise<{ segments: number; gaps: { reason: string }[] }>;
}

test('sound that is taken away is a loud gap with its reason, and goes on in the same recording', async ({
	place,
	tablet,
}) => {
	const { page } = tablet;
	await page.addInitScript(holdMicrophone);
	await openRecorder(tablet, place);
	await record(page);
	const isLost = page.getByText('The recording was interrupted');
	const lose = (event: string) =>
		page.evaluate((type) => window.track?.dispatchEvent(new Event(type)), event);

	await lose('mute');
	await expect(isLost).toBeVisible();
	await expect(page.getByRole('alert')).toContainText('another app took it');
	await expect(page.getByText('RECORDING', { exact: true })).toHaveCount(0);
	await lose('unmute');
	await expect(page.getByText('RECORDING', { exact: true })).toBeVisible();

	await page.evaluate(() => {
		Object.defineProperty(document, 'visibilityState', { value: 'hidden', configurable: true });
		window.track?.dispatchEvent(new Event('mute'));
		Reflect.deleteProperty(document, 'visibilityState');
	});
	await expect(page.getByRole('alert')).toContainText('not on the screen');
	await page.getByRole('button', { name: 'Go on recording' }).click();
	await expect(page.getByText('RECORDING', { exact: true })).toBeVisible();

	await page.evaluate(() => {
		Reflect.set(navigator, 'audioSession', { state: 'interrupted' });
		window.track?.dispatchEvent(new Event('mute'));
		Reflect.deleteProperty(navigator, 'audioSession');
	});
	await expect(page.getByRole('alert')).toContainText('A call took the microphone');
	await page.getByRole('button', { name: 'Go on recording' }).click();

	await page.evaluate(() => {
		window.track?.stop();
		window.track?.dispatchEvent(new Event('ended'));
	});
	await expect(page.getByRole('alert')).toContainText('The microphone is gone');
	// A dead track is asked for anew: one tap.
	await page.getByRole('button', { name: 'Go on recording' }).click();
	await expect(page.getByText('RECORDING', { exact: true })).toBeVisible();
	expect(await page.evaluate(() => window.track?.readyState)).toBe('live');

	await page.getByRole('button', { name: 'Pause' }).click();
	await expect(page.getByText('Nothing is recorded')).toBeVisible();
	await page.getByRole('button', { name: 'Go on recording' }).click();
	await expect(page.getByText('RECORDING', { exact: true })).toBeVisible();
	await page.waitForTimeout(500);

	const recording = await stopAndRead(page, place);
	const reasons = recording.gaps.map(({ reason }) => reason);
	expect(reasons).toEqual(['muted', 'hidden', 'call', 'ended', 'paused']);
	// One recording of several segments; one that was broken off at once may hold no sound.
	expect(recording.segments).toBeGreaterThan(1);
});

test('the screen is kept awake, and asked for again when the page comes back', async ({
	place,
	tablet,
}) => {
	const { page } = tablet;
	await page.addInitScript(() => {
		window.asked = 0;
		const request = async () => {
			window.asked += 1;
			return { release: async () => undefined };
		};
		Object.defineProperty(navigator, 'wakeLock', { value: { request } });
	});
	await openRecorder(tablet, place);
	await record(page);
	expect(await page.evaluate(() => window.asked)).toBe(1);
	await page.evaluate(() => document.dispatchEvent(new Event('visibilitychange')));
	expect(await page.evaluate(() => window.asked)).toBe(2);
	await stopAndRead(page, place);
	await page.evaluate(() => document.dispatchEvent(new Event('visibilitychange')));
	expect(await page.evaluate(() => window.asked)).toBe(2);
});

test('too little space and a low battery are said before, and again while it records', async ({
	place,
	tablet,
}) => {
	const { page } = tablet;
	await page.addInitScript(() => {
		let mb = 120;
		navigator.storage.estimate = async () => ({ quota: mb * 1024 * 1024, usage: 0 });
		Reflect.set(navigator, 'getBattery', async () => ({ level: 0.17, charging: false }));
		Reflect.set(window, 'setFree', (free: number) => {
			mb = free;
		});
	});
	await openRecorder(tablet, place);
	await check(page);
	const state = page.getByRole('status', { name: 'State of the tablet' });
	await expect(state).toContainText('120 MB are free; a session needs 200.');
	await expect(state).toContainText('The battery is at 17 %');
	await expect(page.getByRole('button', { name: 'Start recording' })).toBeDisabled();

	await page.evaluate(() => Reflect.get(window, 'setFree')(40_000));
	await page.evaluate(
		(given) => window.harness.hide().then(() => window.harness.show(given)),
		place.room,
	);
	await check(page);
	await page.evaluate(() => Reflect.get(window, 'setFree')(30));
	await page.getByRole('button', { name: 'Start recording' }).click();
	await expect(state).toContainText('Only 30 MB are left');
	await expect(state).toContainText('The battery is at 17 %');
	await stopAndRead(page, place);
});

test('every state of the recorder is accessible, and is reached by keyboard alone', async ({
	place,
	tablet,
}) => {
	const { page } = tablet;
	await openRecorder(tablet, place);
	const press = async (name: string) => {
		const button = page.getByRole('button', { name, exact: true });
		await expect(button).toBeVisible();
		for (let left = 30; left > 0; left -= 1) {
			if (await button.evaluate((element) => element === document.activeElement)) {
				await page.keyboard.press('Enter');
				return;
			}
			await page.keyboard.press('Tab');
		}
		throw new Error(`${name} is not reached by Tab.`);
	};
	await expectNoAxeViolations(page);
	await press('Check the microphone');
	await expect(page.getByRole('button', { name: 'Start recording' })).toBeVisible();
	await expectNoAxeViolations(page);
	await press('Start recording');
	await expect(page.getByText('RECORDING', { exact: true })).toBeVisible();
	await expect(page.locator(':focus')).toContainText('RECORDING');
	await expectNoAxeViolations(page);
	await press('Pause');
	await expect(page.getByText('Nothing is recorded')).toBeVisible();
	await expect(page.getByRole('button', { name: 'Go on recording' })).toBeFocused();
	await expectNoAxeViolations(page);
	await press('Go on recording');
	await expect(page.getByText('RECORDING', { exact: true })).toBeVisible();
	await page.waitForTimeout(500);
	await press('Stop');
	await expectNoAxeViolations(page);
	// The way back has the focus: pressed by mistake, nothing is stopped.
	await expect(page.getByRole('button', { name: 'No, go on' })).toBeFocused();
	await press('Yes, stop');
	await expect(page.getByText('Everything recorded on this tablet is on the server')).toBeVisible();
	await expectNoAxeViolations(page);
});
