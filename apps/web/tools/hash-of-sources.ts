import { createHash } from 'node:crypto';
import { globSync, readFileSync, statSync } from 'node:fs';
import { join, resolve } from 'node:path';

const root = resolve(import.meta.dirname, '../../..');
const SOURCES = [
	'apps/web/{src,static}/**/*.*',
	'packages/{analysis,survey-engine}/src/**/*.ts',
	'package-lock.json',
];

/** A short hash of everything the pages are made of, by name and content. */
export function hashOfSources(): string {
	const hash = createHash('sha256');
	for (const file of globSync(SOURCES, { cwd: root }).toSorted()) {
		const path = join(root, file);
		if (statSync(path).isFile()) {
			hash.update(file).update(readFileSync(path));
		}
	}
	return hash.digest('hex').slice(0, 16);
}
