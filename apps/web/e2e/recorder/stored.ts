import { createHash } from 'node:crypto';
import { readFile, stat } from 'node:fs/promises';
import { join } from 'node:path';

/** The file a server keeps of a recording, as it lies on its disk. */
export function storedRecording(
	dataDir: string,
	{ engagementId, recordingId }: { engagementId: string; recordingId: string },
): Promise<Buffer> {
	return readFile(join(dataDir, 'recordings', engagementId, recordingId, 'original'));
}

/** How much of a recording lies on the server's disk while it is arriving. */
export async function arrivedBytes(dataDir: string, recordingId: string): Promise<number> {
	const path = join(dataDir, 'recordings', 'incoming', recordingId);
	const found = await stat(path).catch(() => null);
	return found?.size ?? 0;
}

/** Hex, as the device writes hashes. */
export function sha256(bytes: Uint8Array): string {
	return createHash('sha256').update(bytes).digest('hex');
}
