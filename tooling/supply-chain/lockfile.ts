import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { root } from '../stages/command.ts';

/** A package of somebody else's, as package-lock.json has it. */
export interface Locked {
	/** Where it lies: 'node_modules/a/node_modules/b'. */
	path: string;
	name: string;
	version: string;
	license: string | null;
	integrity: string | null;
	resolved: string | null;
	hasInstallScript: boolean;
	/** Only tests and builds need it. */
	isDev: boolean;
	/** Made for another kind of machine, perhaps. */
	isOptional: boolean;
}

interface Entry {
	name?: string;
	version?: string;
	license?: string;
	integrity?: string;
	resolved?: string;
	link?: boolean;
	hasInstallScript?: boolean;
	dev?: boolean;
	optional?: boolean;
}

/** Every package of somebody else's that `npm ci` puts here, in the order of their places. */
export async function readLockfile(): Promise<Locked[]> {
	const text = await readFile(join(root, 'package-lock.json'), 'utf8');
	// npm's own file, in the shape of its version 3.
	const { packages } = JSON.parse(text) as { packages: Record<string, Entry> };
	return lockedIn(packages);
}

/** The same, of the part `packages` of a lockfile. */
export function lockedIn(packages: Record<string, Entry>): Locked[] {
	return Object.entries(packages)
		.filter(([path, { link }]) => path.includes('node_modules/') && link !== true)
		.map(([path, entry]) => ({
			path,
			// An alias has another name than its folder: @typescript/native is typescript.
			name: entry.name ?? path.split('node_modules/').at(-1) ?? path,
			version: entry.version ?? '',
			license: entry.license ?? null,
			integrity: entry.integrity ?? null,
			resolved: entry.resolved ?? null,
			hasInstallScript: entry.hasInstallScript ?? false,
			isDev: entry.dev ?? false,
			isOptional: entry.optional ?? false,
		}))
		.toSorted((a, b) => (a.path < b.path ? -1 : 1));
}
