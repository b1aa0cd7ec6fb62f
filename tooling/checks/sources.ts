import { glob } from 'node:fs/promises';
import { root } from '../stages/command.ts';

const GENERATED =
	/(^|\/)(node_modules|build|dist|\.svelte-kit|\.turbo|\.vitest|\.stryker-tmp|test-results)(\/|$)/;

/** Every hand-written source file, sorted, relative to the project's folder. */
export async function listSources(): Promise<string[]> {
	const found: string[] = [];
	const files = glob('{apps,packages,tooling}/**/*.{ts,mjs,js,svelte,css}', {
		cwd: root,
		exclude: (path) => GENERATED.test(path),
	});
	for await (const file of files) {
		found.push(file.replaceAll('\\', '/'));
	}
	return found.sort();
}
