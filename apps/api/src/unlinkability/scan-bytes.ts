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
export function hashesIn(bytes: Buffer, world: World): { at: number; hash: string }[] {
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

/** Guesses that each answer belongs to the code that stands last before it. */
export function nearestCodes(bytes: Buffer, world: World): Pair[] {
	const hashes = hashesIn(bytes, world);
	let next = 0;
	return markersIn(bytes, world).flatMap(({ at, marker }) => {
		while ((hashes[next + 1]?.at ?? Infinity) < at) {
			next += 1;
		}
		const hash = hashes[next];
		return hash && hash.at < at ? [{ hash: hash.hash, marker }] : [];
	});
}
