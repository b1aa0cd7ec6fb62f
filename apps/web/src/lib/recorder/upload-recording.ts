import { DetailedError, Upload } from 'tus-js-client';
import { api, ApiProblem } from '../api.ts';
import type { DeviceStore } from '../device/device-store.ts';
import { announcementOf, partsOf, sha256Of } from './manifest.ts';
import type { LocalRecording, LocalSlice } from './recording.ts';

const DEVICE_HEADER = 'x-throughline-device';
/** A request is done within a minute on a line of 140 kbit/s; what arrived of it counts anyway. */
const CHUNK_BYTES = 1024 * 1024;
const RETRY_AFTER_MS = [0, 1000, 3000, 5000];

export interface UploadOptions {
	/** Of the device; null for a file from another recorder. */
	token: string | null;
	fetch: typeof globalThis.fetch;
	signal: AbortSignal;
	onProgress(sent: number, total: number): void;
}

/** What the server found when all of it was there. */
export interface Verified {
	status: string;
	bytes: number;
	sha256: string;
	problem: string | null;
}

/** Bytes that can be read in parts, wherever they lie. */
export interface Source {
	size: number;
	read(from: number, to: number): Promise<Uint8Array<ArrayBuffer>>;
	/** Of all of it; null where it does not fit into memory. */
	sha256(): Promise<string | null>;
}

/**
 * Sends a stopped recording and deletes it here once the server has checked its length and every
 * hash. Broken off anywhere, it goes on from there the next time: the address of the upload is
 * made of the recording's id, so there is nothing to remember that could be lost.
 */
export async function uploadRecording(
	store: DeviceStore,
	recording: LocalRecording,
	options: UploadOptions,
): Promise<Verified> {
	const slices = await store.slices.list(recording.id);
	const source = sourceOf(store, recording.id, slices);
	const verified = await sendSource(recording, { ...options, slices, source });
	await store.recordings.put({ ...recording, status: 'verified' });
	await store.recordings.delete(recording.id);
	return verified;
}

/** Announces, sends and verifies. @throws ApiProblem when the server refuses. */
export async function sendSource(
	recording: LocalRecording,
	options: UploadOptions & { slices: readonly LocalSlice[]; source: Source },
): Promise<Verified> {
	const { source, slices, token } = options;
	const base = `/api/engagements/${recording.engagementId}`;
	const path = `${base}/dialogs/${recording.sessionId}/recordings`;
	const client = api(withHeaders(options.fetch, token, options.signal));
	const announced = await client.post<{ status: string }>(path, announcementOf(recording, slices));
	const claim = { bytes: source.size, sha256: await source.sha256() };
	const verify = () => client.post<Verified>(`${path}/${recording.id}/verify`, claim);
	const send = () => sendBytes(`${base}/uploads/${recording.id}`, options);
	if (announced.status === 'announced') {
		await send();
	}
	try {
		return await verify();
	} catch (error) {
		// The server lost some of it, or threw it away: once more, from where it stands now.
		if (
			error instanceof ApiProblem &&
			(error.code === 'upload_mismatch' || error.code === 'upload_incomplete')
		) {
			await send();
			return verify();
		}
		throw error;
	}
}

function sendBytes(
	url: string,
	{ source, token, signal, onProgress }: UploadOptions & { source: Source },
): Promise<void> {
	const { promise, resolve, reject } = Promise.withResolvers<void>();
	const address = new URL(url, location.href).href;
	// The reader below is handed through to `fileReader`; it is never read as a stream.
	const upload = new Upload(
		{ read: () => Promise.reject(new Error('unused')) },
		{
			endpoint: address,
			// Asked first: HEAD says how much is there, and 404 begins a new one.
			uploadUrl: address,
			chunkSize: CHUNK_BYTES,
			retryDelays: RETRY_AFTER_MS,
			storeFingerprintForResuming: false,
			uploadSize: source.size,
			headers: token === null ? {} : { [DEVICE_HEADER]: token },
			fileReader: { openFile: async () => fileSource(source) },
			onShouldRetry: (error) => isPassing(error),
			onProgress,
			onError: (error) => reject(problemOf(error)),
			onSuccess: () => resolve(),
		},
	);
	signal.addEventListener('abort', () => {
		void upload.abort();
		reject(signal.reason);
	});
	upload.start();
	return promise;
}

function fileSource(source: Source) {
	return {
		size: source.size,
		async slice(start: number, end: number) {
			const to = Math.min(end, source.size);
			const bytes = await source.read(start, to);
			// It asks its parts for `size`, as blobs have it; a blob could end up on the disk, readable.
			const value = Object.assign(bytes, { size: bytes.length });
			return { value, done: to >= source.size };
		},
		close: () => undefined,
	};
}

/** The decrypted bytes of all slices, one after the other; no more in memory than is asked for. */
function sourceOf(store: DeviceStore, recordingId: string, slices: readonly LocalSlice[]): Source {
	async function read(from: number, to: number): Promise<Uint8Array<ArrayBuffer>> {
		const whole = new Uint8Array(Math.max(0, to - from));
		let at = 0;
		for (const part of partsOf(slices, { from, to })) {
			const bytes = await store.slices.bytes(recordingId, part.number);
			if (!bytes) {
				throw new Error(`Slice ${part.number} is not on this device.`);
			}
			whole.set(bytes.subarray(part.from, part.to), at);
			at += part.to - part.from;
		}
		return whole;
	}
	const size = slices.reduce((sum, { bytes }) => sum + bytes, 0);
	return { size, read, sha256: async () => sha256Of(await read(0, size)) };
}

/** Whether trying again may help: the network, a server that restarts, a request in its way. */
function isPassing(error: DetailedError): boolean {
	const status = error.originalResponse?.getStatus() ?? 0;
	return status === 0 || status >= 500 || status === 423 || status === 408;
}

function problemOf(error: Error): Error {
	const response = error instanceof DetailedError ? error.originalResponse : null;
	if (!response) {
		return new ApiProblem({ status: 503, code: 'api_unreachable', message: 'No answer.' });
	}
	const { code, message } = readProblem(response.getBody());
	return new ApiProblem({ status: response.getStatus(), code, message });
}

function readProblem(body: string): { code: string; message: string } {
	try {
		const parsed = JSON.parse(body) as { error?: { code?: string; message?: string } };
		return { code: parsed.error?.code ?? 'unknown', message: parsed.error?.message ?? body };
	} catch {
		// tus itself answers in plain text.
		return { code: 'upload_refused', message: body };
	}
}

function withHeaders(
	fetch: typeof globalThis.fetch,
	token: string | null,
	signal: AbortSignal,
): typeof globalThis.fetch {
	return (input, init) => {
		const headers = new Headers(init?.headers);
		if (token !== null) {
			headers.set(DEVICE_HEADER, token);
		}
		return fetch(input, { ...init, headers, signal });
	};
}
