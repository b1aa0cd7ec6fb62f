import { glob, readFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';

/** A page of the product, by the folder it has among the routes. */
export interface KnownPage {
	folder: string;
	/** The addresses it answers. */
	pattern: RegExp;
	/** How many parts of its address are open: of two pages that match, the more exact one answers. */
	openParts: number;
	/** What it has to be looked at with; a page that never runs script is the same either way. */
	looks: readonly Look[];
}

type Look = 'script' | 'no script';

/** Pages that say they work by script alone. */
const BY_SCRIPT = [
	/^\(facilitator\)\/dialogs(\/|$)/,
	/\/transcripts\/import$/,
	/\/transcripts\/\[transcript\]$/,
];

/** Every page there is a file for in a folder of routes. */
export async function listPages(routes: string): Promise<KnownPage[]> {
	const script = await readScript(routes);
	const pages: KnownPage[] = [];
	for await (const file of glob('**/+page.svelte', { cwd: routes })) {
		const folder = dirname(file) === '.' ? '' : dirname(file);
		pages.push({ folder, ...addressesOf(folder), looks: looksOf(folder, script) });
	}
	return pages.sort((one, other) => one.folder.localeCompare(other.folder));
}

/**
 * What nobody has looked at, in words: one line for each page and way of looking at it.
 * @param seen addresses that were looked at, and whether script ran there.
 */
export function notLookedAt(
	pages: readonly KnownPage[],
	seen: readonly { path: string; hasScript: boolean }[],
): string[] {
	const done = new Map<KnownPage, Set<Look>>();
	for (const { path, hasScript } of seen) {
		const page = pageAt(pages, path);
		if (page) {
			done.set(page, (done.get(page) ?? new Set<Look>()).add(hasScript ? 'script' : 'no script'));
		}
	}
	return pages.flatMap((page) => {
		const own = done.get(page);
		if (page.looks.length === 0) {
			return own ? [] : [`${page.folder}: nobody looked at it`];
		}
		return page.looks
			.filter((look) => !own?.has(look))
			.map((look) => `${page.folder}: nobody looked at it with ${look}`);
	});
}

/** The page that answers an address. */
function pageAt(pages: readonly KnownPage[], path: string): KnownPage | undefined {
	return pages
		.filter(({ pattern }) => pattern.test(path))
		.toSorted((one, other) => one.openParts - other.openParts)[0];
}

function addressesOf(folder: string): Pick<KnownPage, 'pattern' | 'openParts'> {
	const parts = folder.split('/').filter((part) => part !== '' && !part.startsWith('('));
	const source = parts.map((part) => {
		if (part.startsWith('[...')) {
			return '(/.*)?';
		}
		return part.startsWith('[') ? '/[^/]+' : `/${part}`;
	});
	return {
		pattern: new RegExp(`^${source.join('')}/?$`),
		openParts: parts.filter((part) => part.startsWith('[')).length,
	};
}

function looksOf(folder: string, script: ReadonlyMap<string, boolean>): Look[] {
	const parts = folder.split('/');
	const files = [
		'+layout.ts',
		...parts.map((_, index) => [...parts.slice(0, index + 1), '+layout.ts'].join('/')),
		`${folder}/+page.ts`,
	];
	// The innermost file that speaks of it decides.
	const runsScript = files.flatMap((file) => script.get(file) ?? []).at(-1);
	if (runsScript !== true) {
		return [];
	}
	return BY_SCRIPT.some((own) => own.test(folder)) ? ['script'] : ['script', 'no script'];
}

/** What the files of routes say about script, by file. */
async function readScript(routes: string): Promise<ReadonlyMap<string, boolean>> {
	const said = new Map<string, boolean>();
	for await (const file of glob('**/+{layout,page}.ts', { cwd: routes })) {
		const found = /export const csr = (true|false)/.exec(
			await readFile(join(routes, file), 'utf8'),
		);
		if (found) {
			said.set(file, found[1] === 'true');
		}
	}
	return said;
}
