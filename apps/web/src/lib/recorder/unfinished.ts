import type { DeviceStore } from '../device/device-store.ts';
import { savedMs } from './manifest.ts';
import type { Cut, LocalRecording } from './recording.ts';

/** A recording that a crash, or a closed page, left open. */
export interface Unfinished {
	recording: LocalRecording;
	savedMs: number;
}

const lockName = (recordingId: string) => `throughline-recording-${recordingId}`;

/**
 * Recordings of a session that were never finished, and are not being made in another tab. One that
 * broke off before its first slice holds nothing, and is forgotten.
 */
export async function listUnfinished(store: DeviceStore, sessionId: string): Promise<Unfinished[]> {
	const all = await store.recordings.list({ sessionId });
	const { held = [] } = await navigator.locks.query();
	const running = new Set(held.map(({ name }) => name));
	const open = all.filter(({ id, status }) => status === 'open' && !running.has(lockName(id)));
	const unfinished: Unfinished[] = [];
	for (const recording of open) {
		const slices = await store.slices.list(recording.id);
		if (slices.length > 0) {
			unfinished.push({ recording, savedMs: savedMs(slices) });
		} else {
			await store.recordings.delete(recording.id);
		}
	}
	return unfinished;
}

/** Marks in them what must not be kept. */
export async function cutUnfinished(
	store: DeviceStore,
	sessionId: string,
	cut: Cut,
): Promise<void> {
	for (const { recording } of await listUnfinished(store, sessionId)) {
		await store.recordings.put({ ...recording, cuts: [...recording.cuts, cut] });
	}
}

/** Held while a recording runs, so that another tab does not take it for a crashed one. */
export function holdRecording(recordingId: string): () => void {
	const over = Promise.withResolvers<void>();
	void navigator.locks.request(lockName(recordingId), () => over.promise);
	return () => over.resolve();
}
