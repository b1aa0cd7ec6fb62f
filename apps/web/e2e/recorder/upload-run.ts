import type { Page } from '@playwright/test';
import { PASSPHRASE } from './kill-run.ts';
import type { Part } from './line.ts';
import type { Room } from './room.ts';
import type { ServedHarness } from './serve-harness.ts';
import { arrivedBytes, storedRecording } from './stored.ts';

export interface Cut {
	kind: 'network' | 'server';
	/** The byte of the recording at which it happens. */
	atByte: number;
}

export interface UploadRun {
	/** Where each cut was, and where the device went on sending after it. */
	cuts: (Cut & { resumedAt: number })[];
	seconds: number;
	/** Of the file on the server's disk in the end. */
	bytes: number;
	/** Bytes that were lost on the way by the cuts, and so were sent again. */
	lostOnTheWay: number;
	/** Every part was added exactly where the server's file ended: no byte is there twice. */
	isAddedOnce: boolean;
	/** The server's file is the device's, byte for byte. */
	isSame: boolean;
	/** All of it was still on the device when the server's verification was on its way back. */
	isKeptUntilVerified: boolean;
	/** Nothing of it is on the device afterwards. */
	isClearedHere: boolean;
}

export interface UploadSetting {
	page: Page;
	room: Room;
	harness: ServedHarness;
	/** Where the server keeps what it is sent. */
	dataDir: string;
	/** What is planted on the device as a recording. */
	file: Buffer;
	/** Bytes a second the line carries. */
	speed: number;
	/** In order of their bytes. */
	cuts: readonly Cut[];
	/** SIGKILL, and another server over the same data at the same address. */
	restartServer(): Promise<void>;
}

const FILE_NAME = 'planted.wav';
const OFFLINE_MS = 2000;

/** One upload that is cut off, again and again: in the end every byte is there, once. */
export async function uploadRun(setting: UploadSetting): Promise<UploadRun> {
	const { page, room, harness, dataDir, file } = setting;
	const { line } = harness;
	harness.files.set(FILE_NAME, file);
	// As somebody does who takes the tablet up: it locks after ten minutes without that.
	await page.evaluate((given) => window.harness.unlock(given), PASSPHRASE);
	const id = await page.evaluate((given) => window.harness.plant(given), {
		...room,
		address: `/${FILE_NAME}`,
		sliceBytes: 20_000,
	});
	const ends = new Map<Part, number>();
	let atVerification = -1;
	line.parts = [];
	line.speed = setting.speed;
	line.before.part = async (part) => {
		ends.set(part, await arrivedBytes(dataDir, id));
	};
	line.before.verified = async () => {
		const [saved] = await page.evaluate(() => window.harness.saved());
		atVerification = saved?.bytes ?? 0;
	};
	const began = performance.now();
	const isDone = page.evaluate((given) => window.harness.show(given), room);
	try {
		const cuts: UploadRun['cuts'] = [];
		for (const cut of setting.cuts) {
			await line.breakAt(cut.atByte, { isOfLine: cut.kind === 'network' });
			const before = line.parts.length;
			await (cut.kind === 'network' ? offline(setting) : setting.restartServer());
			// Chromium itself tries a part again when its connection was lost; the server is not there.
			const next = () => line.parts.slice(before).find(({ passed }) => passed > 0);
			while (!next()) {
				await page.waitForTimeout(20);
			}
			cuts.push({ ...cut, resumedAt: next()?.offset ?? 0 });
		}
		await isDone;
		await page.waitForFunction(async () => (await window.harness.saved()).length === 0);
		await page.getByText('Everything recorded on this tablet is on the server').waitFor();
		const seconds = (performance.now() - began) / 1000;
		const key = { engagementId: room.engagementId, recordingId: id };
		const stored = await storedRecording(dataDir, key);
		const passed = line.parts.reduce((sum, part) => sum + part.passed, 0);
		return {
			cuts,
			seconds,
			bytes: stored.length,
			lostOnTheWay: passed - file.length,
			isAddedOnce: line.parts.every((part) => part.offset === ends.get(part) || isRefused(part)),
			isSame: stored.equals(file),
			isKeptUntilVerified: atVerification === file.length,
			isClearedHere: (await page.evaluate(() => window.harness.saved())).length === 0,
		};
	} finally {
		line.before = {};
		line.speed = Infinity;
		line.isDown = false;
		await page.evaluate(async (given) => {
			await window.harness.hide();
			await window.harness.store.recordings.delete(given);
		}, id);
	}
}

/** Nothing of it was added: the server never saw it, or said that this is not where it stands. */
function isRefused({ passed, status }: Part): boolean {
	return passed === 0 || (status !== null && status >= 400);
}

/** The line is down already; the browser notices, as a tablet does, and notices when it is back. */
async function offline({ page, harness }: UploadSetting): Promise<void> {
	await page.context().setOffline(true);
	await page.waitForTimeout(OFFLINE_MS);
	harness.line.isDown = false;
	await page.context().setOffline(false);
}
