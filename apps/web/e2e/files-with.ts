import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';

/** Files below a folder that hold one of these: bytes as they are, words as UTF-8 or as UTF-16. */
export async function filesWith(
	folder: string,
	wanted: readonly (string | Buffer)[],
): Promise<{ hits: string[] }> {
	const needles = wanted.flatMap((each) =>
		typeof each === 'string' ? [Buffer.from(each), Buffer.from(each, 'utf16le')] : [each],
	);
	const entries = await readdir(folder, { recursive: true, withFileTypes: true });
	const hits: string[] = [];
	for (const entry of entries.filter((each) => each.isFile())) {
		const path = join(entry.parentPath, entry.name);
		const bytes = await readFile(path);
		if (needles.some((needle) => bytes.includes(needle))) {
			hits.push(path.slice(folder.length));
		}
	}
	return { hits };
}
