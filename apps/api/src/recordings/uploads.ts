import { FileStore } from '@tus/file-store';
import { Server } from '@tus/server';
import { mkdirSync } from 'node:fs';
import { rm } from 'node:fs/promises';
import { join } from 'node:path';

/**
 * Resumable uploads by tus 1.0, each at the address of its recording: a device always knows where
 * to ask how much arrived, and none is begun twice.
 * @see https://tus.io/protocols/resumable-upload
 */
export function createUploads(
	folder: string,
	{ maxBytes }: { maxBytes: number },
): (request: Request) => Promise<Response> {
	let server: Server | null = null;
	// Its folder is made when the first recording comes, not when the app is put together.
	return (request) => {
		server ??= createServer(folder, maxBytes);
		return server.handleWeb(request);
	};
}

function createServer(folder: string, maxBytes: number): Server {
	mkdirSync(folder, { recursive: true, mode: 0o700 });
	const datastore = new FileStore({ directory: folder });
	return new Server({
		path: '/uploads',
		datastore,
		maxSize: maxBytes,
		// No other site may read the answers.
		allowedOrigins: [],
		namingFunction: ({ url }) => new URL(url).pathname.split('/').at(-1) ?? '',
		generateUrl: ({ url }) => new URL(url).pathname,
		async onUploadCreate(_req, upload) {
			const known = await datastore.getUpload(upload.id).catch(() => null);
			if (known) {
				// What tus makes an answer of.
				throw { status_code: 409, body: 'This upload has begun: ask where it stands.' };
			}
			return {};
		},
	});
}

/** Forgets what arrived of a recording. */
export async function removeUpload(folder: string, recordingId: string): Promise<void> {
	await rm(join(folder, recordingId), { force: true });
	await rm(join(folder, `${recordingId}.json`), { force: true });
}
