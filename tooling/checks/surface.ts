import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { run, root } from '../stages/command.ts';
import { listSources } from './sources.ts';

/** What the API offers to the outside. */
export interface Surface {
	settings: { name: string; default: string | null; words: string }[];
	routes: { method: string; path: string; verb: string; roles: string[] }[];
	commands: { name: string; summary: string; help: string }[];
	errors: { code: string; status: number; words: string }[];
}

/** Asks the API for its settings, routes and commands, and its source for its error codes. */
export async function readSurface(): Promise<Surface> {
	const { exitCode, output } = await run({
		module: '../apps/api/src/testing/list-surface.ts',
		args: [],
	});
	if (exitCode !== 0) {
		throw new Error(`The API could not be asked what it offers.\n${output}`);
	}
	// Its last line; the shape is that of list-surface.ts, a page away.
	const listed = JSON.parse(output.trim().split('\n').at(-1) ?? '') as Omit<Surface, 'errors'>;
	return { ...listed, errors: await listErrors() };
}

const THROWN =
	/new AppError\(\s*'([a-z_]+)',\s*(\d{3}),\s*(?:'((?:[^'\\]|\\.)*)'|`((?:[^`\\]|\\.)*)`)?/g;

async function listErrors(): Promise<Surface['errors']> {
	const found = new Map<string, Surface['errors'][number]>();
	// The general words of a code stand in http/; others are special cases of it.
	const files = await listSources();
	const isGeneral = (file: string) => file.startsWith('apps/api/src/http/');
	for (const file of [...files.filter(isGeneral), ...files]) {
		if (!file.startsWith('apps/api/src/') || file.includes('.test.')) {
			continue;
		}
		const text = await readFile(join(root, file), 'utf8');
		for (const [, code = '', status, plain, template] of text.matchAll(THROWN)) {
			const words = (plain ?? template ?? '').replace(/\$\{[^}]*\}/g, '…').replaceAll("\\'", "'");
			const known = found.get(code);
			if (known === undefined || known.words === '') {
				found.set(code, { code, status: Number(status), words });
			}
		}
	}
	return [...found.values()].sort((a, b) => a.code.localeCompare(b.code));
}
