import type { LocalRecording, LocalSlice } from './recording.ts';

/** Segment, bytes, hash, beginning and end: as the API takes a slice. */
type SentSlice = [number, number, string, number, number];

/** What is told of a recording before its sound is sent. */
export interface Announcement {
	id: string;
	source: 'device' | 'file';
	mime: string;
	label: string;
	tableNo: number | null;
	startedAt: string;
	offsetMs: number;
	manifest: { slices: SentSlice[]; gaps: LocalRecording['gaps'] };
	cuts: LocalRecording['cuts'];
}

export function announcementOf(
	recording: LocalRecording,
	slices: readonly LocalSlice[],
): Announcement {
	const { id, source, mime, label, tableNo, startedAt, offsetMs, gaps, cuts } = recording;
	return {
		id,
		source,
		mime,
		label,
		tableNo,
		startedAt,
		offsetMs: Math.round(offsetMs),
		manifest: {
			slices: slices.map(({ segment, bytes, sha256, startMs, endMs }) => [
				segment,
				bytes,
				sha256,
				Math.round(startMs),
				Math.round(endMs),
			]),
			gaps: gaps.map((gap) => ({
				...gap,
				startMs: Math.round(gap.startMs),
				endMs: Math.round(gap.endMs),
			})),
		},
		cuts: cuts.map((cut) => ({
			...cut,
			startMs: Math.round(cut.startMs),
			endMs: Math.round(cut.endMs),
		})),
	};
}

/** Milliseconds of sound on the device, gaps not counted. */
export function savedMs(slices: readonly LocalSlice[]): number {
	return slices.reduce((sum, { startMs, endMs }) => sum + Math.max(0, endMs - startMs), 0);
}

/** Which slices a span of the whole file lies in, and which part of each. */
export function partsOf(
	slices: readonly LocalSlice[],
	{ from, to }: { from: number; to: number },
): { number: number; from: number; to: number }[] {
	let at = 0;
	const parts: { number: number; from: number; to: number }[] = [];
	for (const { number, bytes } of slices) {
		const first = Math.max(from - at, 0);
		const last = Math.min(to - at, bytes);
		if (first < last) {
			parts.push({ number, from: first, to: last });
		}
		at += bytes;
	}
	return parts;
}

/** Hex, as the API writes hashes. */
export async function sha256Of(bytes: Uint8Array<ArrayBuffer>): Promise<string> {
	const digest = new Uint8Array(await crypto.subtle.digest('SHA-256', bytes));
	return Array.from(digest, (byte) => byte.toString(16).padStart(2, '0')).join('');
}

/** `41:20`, or `1:02:03` from an hour on. */
export function clockTime(ms: number): string {
	const seconds = Math.max(0, Math.floor(ms / 1000));
	const two = (value: number) => String(value).padStart(2, '0');
	const hours = Math.floor(seconds / 3600);
	const rest = `${two(Math.floor(seconds / 60) % 60)}:${two(seconds % 60)}`;
	return hours === 0 ? rest : `${hours}:${rest}`;
}

/** Milliseconds since 1970 as ISO 8601. */
export function isoTime(ms: number): string {
	return new Date(ms).toISOString();
}
