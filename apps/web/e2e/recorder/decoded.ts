import { spawn, spawnSync } from 'node:child_process';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

const RATE = 8000;

/** What ffmpeg makes of a file; `isAsked` is false where there is no ffmpeg. */
export interface Decoded {
	isAsked: boolean;
	isSound: boolean;
	seconds: number;
}

export const hasFfmpeg = spawnSync('ffmpeg', ['-version']).status === 0;

/** Decodes a whole file, counting samples: what a header claims is no proof. */
export async function decoded(file: Buffer): Promise<Decoded> {
	if (!hasFfmpeg) {
		return { isAsked: false, isSound: false, seconds: 0 };
	}
	const folder = await mkdtemp(join(tmpdir(), 'throughline-decoded-'));
	try {
		const path = join(folder, 'sound');
		await writeFile(path, file);
		const args = ['-nostdin', '-v', 'error', '-i', path, '-ac', '1', '-ar', String(RATE)];
		const child = spawn('ffmpeg', [...args, '-f', 's16le', 'pipe:1']);
		let bytes = 0;
		for await (const chunk of child.stdout) {
			// A pipe without an encoding gives buffers.
			bytes += (chunk as Buffer).length;
		}
		return { isAsked: true, isSound: bytes > 0, seconds: bytes / 2 / RATE };
	} finally {
		await rm(folder, { recursive: true, force: true });
	}
}
