import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { Pair, World } from './world.ts';

/** Every file below a folder, in the order of their names, with what is in it. */
export async function* filesBelow(folder: string): AsyncGenerator<{ name: string; bytes: Buffer }> {
	const entries = await readdir(folder, { recursive: true, withFileTypes: true });
	const paths = entries
		.filter((entry) => entry.isFile())
		.map((entry) => join(entry.parentPath, entry.name));
	for (const path of paths.sort()) {
		// A server removes files while we look.
		const bytes = await readFile(path).catch(() => null);
		if (bytes) {
			yield { name: path.slice(folder.length + 1), bytes };
		}
	}
}

/** Markers of a world, in the order in which they stand in the bytes. */
export function markersIn(
	bytes: Buffer,
	world: { prefix: string; students: readonly { marker: string }[] },
): { at: number; marker: string }[] {
	const known = new Set(world.students.map(({ marker }) => marker));
	const length = world.students[0]?.marker.length ?? 0;
	const found: { at: number; marker: string }[] = [];
	for (let at = bytes.indexOf(world.prefix); at >= 0; at = bytes.indexOf(world.prefix, at + 1)) {
		const marker = bytes.toString('latin1', at, at + length);
		if (known.has(marker)) {
			found.push({ at, marker });
		}
	}
	return found;
}

/** Hashes of codes, in the order in which they stand in the bytes. */
function hashesIn(bytes: Buffer, world: World): { at: number; hash: string }[] {
	const byBeginning = Map.groupBy(
		world.students.map(({ hash }) => Buffer.from(hash, 'hex')),
		(hash) => hash.readUInt16BE(0),
	);
	const found: { at: number; hash: string }[] = [];
	for (let at = 0; at + 32 <= bytes.length; at += 1) {
		for (const hash of byBeginning.get(((bytes[at] ?? 0) << 8) | (bytes[at + 1] ?? 0)) ?? []) {
			if (hash.compare(bytes, at, at + 32) === 0) {
				found.push({ at, hash: hash.toString('hex') });
			}
		}
	}
	return found;
}

/**
 * Guesses that each answer belongs to the code that stands between it and the answer before it, or
 * else last before it. Images of whole pages hold codes of earlier answers too: a code is given once.
 */
export function nearestCodes(bytes: Buffer, world: World): Pair[] {
	const hashes = hashesIn(bytes, world);
	const taken = new Set<string>();
	const seen = new Set<string>();
	const pairs: Pair[] = [];
	let next = 0;
	for (const { at, marker } of markersIn(bytes, world)) {
		const first = next;
		while ((hashes[next]?.at ?? Infinity) < at) {
			next += 1;
		}
		if (seen.has(marker)) {
			continue;
		}
		seen.add(marker);
		const between = hashes.slice(first, next).findLast(({ hash }) => !taken.has(hash));
		const guess = between ?? hashes.slice(0, next).findLast(({ hash }) => !taken.has(hash));
		if (guess) {
			taken.add(guess.hash);
			pairs.push({ hash: guess.hash, marker });
		}
	}
	return pairs;
}

const LOG_PAGE = 8192;
/** Of `xlp_info`: the first page of a file of the log, which says more about itself. */
const LONG_HEADER = 0x0002;

/**
 * A file of the write-ahead log with the headers of its pages cut out, so that what a record says
 * is together where it goes on on the next page.
 * Layout: XLogPageHeaderData in PostgreSQL's src/include/access/xlog_internal.h
 */
export function withoutPageHeaders(file: Buffer): Buffer {
	const pages: Buffer[] = [];
	for (let at = 0; at < file.length; at += LOG_PAGE) {
		const isLong = (file.readUInt16LE(at + 2) & LONG_HEADER) !== 0;
		pages.push(file.subarray(at + (isLong ? 40 : 24), at + LOG_PAGE));
	}
	return Buffer.concat(pages);
}
