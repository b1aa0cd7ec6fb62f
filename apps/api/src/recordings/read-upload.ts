import type { RecordingSlice } from '@throughline/db/schema';
import { createHash } from 'node:crypto';
import { createReadStream } from 'node:fs';
import { HEAD_BYTES } from './audio-format.ts';

/** What arrived, read once from the disk it lies on. */
export interface ReadUpload {
	bytes: number;
	sha256: string;
	/** The first slice that is not what the device says it is, or null. */
	wrongSlice: number | null;
	/** The first bytes of every segment; of the file, where there are no slices. */
	heads: Uint8Array[];
}

/** Reads a file from end to end: its length, its hash, and the hash of every slice in it. */
export async function readUpload(
	path: string,
	slices: readonly RecordingSlice[],
): Promise<ReadUpload> {
	const whole = createHash('sha256');
	const check = sliceCheck(slices);
	const heads = headsAt(segmentStarts(slices));
	let bytes = 0;
	for await (const chunk of createReadStream(path, { highWaterMark: 1024 * 1024 })) {
		// A read stream without an encoding gives buffers.
		const part = chunk as Buffer;
		whole.update(part);
		check.update(part);
		heads.update(part, bytes);
		bytes += part.length;
	}
	return { bytes, sha256: whole.digest('hex'), wrongSlice: check.wrong(), heads: heads.found() };
}

/** Where each segment begins in the file. */
export function segmentStarts(slices: readonly RecordingSlice[]): number[] {
	const starts: number[] = [];
	let at = 0;
	let segment: number | null = null;
	for (const slice of slices) {
		if (slice.bytes > 0 && slice.segment !== segment) {
			starts.push(at);
			segment = slice.segment;
		}
		at += slice.bytes;
	}
	return starts.length > 0 ? starts : [0];
}

function sliceCheck(slices: readonly RecordingSlice[]) {
	let at = 0;
	let left = slices[0]?.bytes ?? 0;
	let hash = createHash('sha256');
	let wrong: number | null = null;

	/** Ends every slice that is complete; empty ones at once. */
	function finish(): void {
		let slice = slices[at];
		while (slice && left === 0) {
			if (hash.digest('hex') !== slice.sha256) {
				wrong ??= slice.number;
			}
			at += 1;
			slice = slices[at];
			left = slice?.bytes ?? 0;
			hash = createHash('sha256');
		}
	}
	return {
		update(part: Buffer) {
			let from = 0;
			finish();
			while (from < part.length && at < slices.length) {
				const take = Math.min(left, part.length - from);
				hash.update(part.subarray(from, from + take));
				left -= take;
				from += take;
				finish();
			}
		},
		wrong(): number | null {
			finish();
			return wrong ?? slices[at]?.number ?? null;
		},
	};
}

function headsAt(starts: readonly number[]) {
	const heads = starts.map(() => new Uint8Array(HEAD_BYTES));
	return {
		update(part: Buffer, offset: number) {
			for (const [place, start] of starts.entries()) {
				const from = Math.max(start, offset);
				const to = Math.min(start + HEAD_BYTES, offset + part.length);
				if (from < to) {
					heads[place]?.set(part.subarray(from - offset, to - offset), from - start);
				}
			}
		},
		found: () => heads,
	};
}
