import type { AuditDigest } from '@throughline/db/queries/audit-chain';
import { appendFile, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { z } from 'zod';

const line = z.object({
	at: z.iso.datetime(),
	engagement: z.string(),
	position: z.number().int().positive(),
	hash: z.string().regex(/^[0-9a-f]{64}$/),
});

/** A digest as it is kept: of which engagement's record, and when it was taken. */
export type KeptDigest = z.output<typeof line>;

/** The file digests are added to, outside the database they hold in place. */
function digestFile(dataDir: string): string {
	return join(dataDir, 'audit-digests.log');
}

/**
 * Every digest in the file, oldest first; none when there is no file yet.
 * @throws Error naming the line that cannot be read.
 */
export async function readDigests(dataDir: string): Promise<KeptDigest[]> {
	const text = await readFile(digestFile(dataDir), 'utf8').catch((error: unknown) => {
		if (error instanceof Error && 'code' in error && error.code === 'ENOENT') {
			return '';
		}
		throw error;
	});
	return text
		.split('\n')
		.filter((entry) => entry !== '')
		.map((entry, index) => {
			const parsed = line.safeParse(parseJson(entry));
			if (!parsed.success) {
				throw new Error(`Line ${index + 1} of ${digestFile(dataDir)} is no digest.`);
			}
			return parsed.data;
		});
}

/** Adds digests to the file. */
export async function appendDigests(dataDir: string, digests: KeptDigest[]): Promise<void> {
	const text = digests.map((digest) => `${JSON.stringify(digest)}\n`).join('');
	await appendFile(digestFile(dataDir), text, { mode: 0o600 });
}

/** `12:9f…` as people write it down. */
export function digestWords({ position, hash }: AuditDigest): string {
	return `${position}:${hash}`;
}

function parseJson(text: string): unknown {
	try {
		return JSON.parse(text);
	} catch {
		return null;
	}
}
