import { isoTime, sha256Of } from './manifest.ts';
import type { LocalRecording, RecordedSession } from './recording.ts';
import { sendSource, type Verified } from './upload-recording.ts';

/** Larger ones do not fit into the memory of a tablet; their length is compared all the same. */
const MOST_HASHED_BYTES = 256 * 1024 * 1024;
const HEAD_BYTES = 12;

/** Whether the first bytes are those of a sound file: said at once, not after an upload of minutes. */
export async function looksLikeSound(file: Blob): Promise<boolean> {
	const head = new Uint8Array(await file.slice(0, HEAD_BYTES).arrayBuffer());
	const text = String.fromCharCode(...head);
	const starts = ['\x1a\x45\xdf\xa3', 'OggS', 'fLaC', 'caff', '#!AMR', 'ID3'];
	return (
		starts.some((start) => text.startsWith(start)) ||
		text.slice(4, 8) === 'ftyp' ||
		(text.startsWith('RIFF') && text.slice(8, 12) === 'WAVE') ||
		(head[0] === 0xff && ((head[1] ?? 0) & 0xe0) === 0xe0)
	);
}

interface Given {
	session: RecordedSession;
	file: File;
	/** By the clock in the room. */
	startedAtMs: number;
	label: string;
	fetch: typeof globalThis.fetch;
	signal: AbortSignal;
	onProgress(sent: number, total: number): void;
}

/** Sends a file of another recorder. @throws ApiProblem 415 when it is no sound. */
export async function sendAudioFile({ session, file, ...given }: Given): Promise<Verified> {
	const recording: LocalRecording = {
		id: crypto.randomUUID(),
		engagementId: session.engagementId,
		sessionId: session.sessionId,
		status: 'stopped',
		mime: file.type,
		label: given.label,
		tableNo: null,
		startedAt: isoTime(given.startedAtMs),
		offsetMs: given.startedAtMs - Date.parse(session.startedAt),
		gaps: [],
		cuts: [],
		source: 'file',
	};
	const read = async (from: number, to: number) =>
		new Uint8Array(await file.slice(from, to).arrayBuffer());
	return sendSource(recording, {
		token: null,
		fetch: given.fetch,
		signal: given.signal,
		onProgress: given.onProgress,
		slices: [],
		source: {
			size: file.size,
			read,
			sha256: async () =>
				file.size > MOST_HASHED_BYTES ? null : sha256Of(await read(0, file.size)),
		},
	});
}
