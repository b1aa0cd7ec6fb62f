import type { DeviceStore } from '../device/device-store.ts';
import { sha256Of } from './manifest.ts';
import { SLICE_MS } from './recorder-state.ts';

/** Later than this by the clock, and the sound of a slice cannot be as long as it took to come. */
const LONGEST_MS = SLICE_MS + 7000;

interface Outside {
	store: DeviceStore;
	recordingId: string;
	/** The number of the first slice that is written. */
	from: number;
	onSaved(ms: number): void;
	/** The disk did not take it: it is full, or the vault is locked. */
	onProblem(): void;
}

export interface SliceWriter {
	add(blob: Blob, span: { segment: number; startMs: number; endMs: number }): void;
	/** Anything else that has to follow what was added. */
	after(work: () => Promise<void>): void;
	/** Resolves when everything that was added is on the disk. */
	flushed(): Promise<void>;
}

/** Hashes, seals and writes slices in the order they come. */
export function createSliceWriter({
	store,
	recordingId,
	from,
	onSaved,
	onProblem,
}: Outside): SliceWriter {
	let last: Promise<void> = Promise.resolve();
	let number = from;
	const next = (work: () => Promise<void>) => {
		last = last.then(work).catch(onProblem);
	};
	return {
		add(blob, { segment, startMs, endMs }) {
			const until = endMs - startMs > LONGEST_MS ? startMs + SLICE_MS : endMs;
			next(async () => {
				const bytes = new Uint8Array(await blob.arrayBuffer());
				const sha256 = await sha256Of(bytes);
				const about = { recordingId, number, segment, bytes: bytes.length, sha256 };
				await store.slices.put({ ...about, startMs, endMs: until }, bytes);
				number += 1;
				onSaved(until - startMs);
			});
		},
		after: next,
		async flushed() {
			await last;
		},
	};
}
