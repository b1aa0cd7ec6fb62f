import { mkdir, open, readFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { listTombstones, type Tombstone } from '@throughline/db/queries/tombstone';
import type { Database } from '@throughline/db';
import { z } from 'zod';

const PAGE = 500;

const line = z.object({
	id: z.uuid(),
	engagementId: z.uuid(),
	kind: z.enum([
		'seat',
		'excerpt',
		'note',
		'recording',
		'cut',
		'key',
		'role',
		'invitation',
		'purged',
	]),
	target: z.uuid(),
	detail: z.record(z.string(), z.unknown()),
});

/** The file that lies beside backups and says what none of them may bring back. */
export function tombstoneFile(folder: string): string {
	return join(folder, 'tombstones.jsonl');
}

/**
 * Adds what was taken back since the last time to the file, which is only added to, and waits for the
 * disk.
 * @returns how many lines were added.
 */
export async function writeTombstones(db: Database, folder: string): Promise<number> {
	const path = tombstoneFile(folder);
	const known = new Set((await readTombstones(folder)).map(({ id }) => id));
	const fresh = (await everyTombstone(db)).filter(({ id }) => !known.has(id));
	if (fresh.length === 0) {
		return 0;
	}
	await mkdir(dirname(path), { recursive: true, mode: 0o700 });
	const file = await open(path, 'a', 0o600);
	try {
		// A line that a crash cut short is ended first.
		const lines = fresh.map((tombstone) => `\n${JSON.stringify(tombstone)}`).join('');
		await file.appendFile(`${lines}\n`);
		await file.datasync();
	} finally {
		await file.close();
	}
	return fresh.length;
}

/** What a folder of backups says may not come back; nothing when it says nothing. */
export async function readTombstones(folder: string): Promise<Tombstone[]> {
	const text = await readFile(tombstoneFile(folder), 'utf8').catch((error: unknown) => {
		if (error instanceof Error && 'code' in error && error.code === 'ENOENT') {
			return '';
		}
		throw error;
	});
	return text
		.split('\n')
		.filter((row) => row.trim() !== '')
		.flatMap((row) => {
			const parsed = line.safeParse(jsonOrNull(row));
			return parsed.success ? [parsed.data] : [];
		});
}

/** Everything the database says may not come back. */
export async function everyTombstone(db: Database): Promise<Tombstone[]> {
	const all: Tombstone[] = [];
	for (;;) {
		const page = await listTombstones(db, { after: all.at(-1)?.id ?? null, limit: PAGE });
		all.push(...page);
		if (page.length < PAGE) {
			return all;
		}
	}
}

/** A line that a crash cut short says nothing; it was written again after it. */
function jsonOrNull(row: string): unknown {
	try {
		return JSON.parse(row);
	} catch {
		return null;
	}
}
