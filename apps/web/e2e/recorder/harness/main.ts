import { mount, unmount } from 'svelte';
import { type DeviceStore, openDeviceStore } from '#lib/device/device-store.ts';
import { savedMs, sha256Of } from '#lib/recorder/manifest.ts';
import RecorderPanel from '#lib/recorder/RecorderPanel.svelte';
import '../../../src/styles/main.css';

/** What a test drives the recorder with, beside its buttons. */
export interface Harness {
	store: DeviceStore;
	/** Sets the passphrase on a fresh profile; unlocks with it afterwards. */
	unlock(passphrase: string): Promise<string>;
	show(given: {
		engagementId: string;
		sessionId: string;
		startedAt: string;
		token: string | null;
	}): void;
	/** The last thing the recorder said of itself. */
	state: string;
	hide(): Promise<void>;
	/** How much sound of each recording is on the disk, and the SHA-256 of all of it. */
	saved(): Promise<{ id: string; savedMs: number; bytes: number; sha256: string }[]>;
	/** Puts a finished recording on the device, made of this file in slices. */
	plant(given: {
		address: string;
		engagementId: string;
		sessionId: string;
		startedAt: string;
		sliceBytes: number;
	}): Promise<string>;
}

declare global {
	interface Window {
		harness: Harness;
	}
}

const store = openDeviceStore();
let panel: ReturnType<typeof mount> | null = null;

window.harness = {
	store,
	state: 'idle',
	async unlock(passphrase) {
		if (await store.vault.hasKey()) {
			return store.vault.unlock(passphrase);
		}
		await store.vault.create(passphrase);
		return 'created';
	},
	show({ token, ...session }) {
		const target = document.querySelector('#app');
		if (target) {
			panel = mount(RecorderPanel, {
				target,
				props: {
					session,
					mode: 'audio',
					device: token === null ? null : { token },
					store,
					label: 'Tablet under test',
					onstate: (type: string) => {
						window.harness.state = type;
					},
				},
			});
		}
	},
	async hide() {
		if (panel) {
			await unmount(panel);
			panel = null;
		}
	},
	async saved() {
		const recordings = await store.recordings.list();
		return Promise.all(
			recordings.map(async ({ id }) => {
				const slices = await store.slices.list(id);
				const parts = await Promise.all(slices.map(({ number }) => store.slices.bytes(id, number)));
				const whole = new Uint8Array(
					await new Blob(parts.filter((part) => part !== undefined)).arrayBuffer(),
				);
				const sha256 = await sha256Of(whole);
				return { id, savedMs: savedMs(slices), bytes: whole.length, sha256 };
			}),
		);
	},
	async plant({ address, engagementId, sessionId, startedAt, sliceBytes }) {
		const id = crypto.randomUUID();
		const file = new Uint8Array(await (await fetch(address)).arrayBuffer());
		for (let number = 0; number * sliceBytes < file.length; number += 1) {
			const bytes = file.slice(number * sliceBytes, (number + 1) * sliceBytes);
			const about = { recordingId: id, number, segment: 0, bytes: bytes.length };
			const span = { startMs: number * 5000, endMs: number * 5000 + 5000 };
			await store.slices.put({ ...about, ...span, sha256: await sha256Of(bytes) }, bytes);
		}
		await store.recordings.put({
			id,
			engagementId,
			sessionId,
			status: 'stopped',
			mime: 'audio/webm',
			label: 'planted',
			tableNo: null,
			startedAt,
			offsetMs: 0,
			gaps: [],
			cuts: [],
			source: 'device',
		});
		return id;
	},
};
