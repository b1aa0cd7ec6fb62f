import type { Locked } from './lockfile.ts';

/** The lowest version of a package that is taken, and the advisories that are why. */
export interface Floor {
	name: string;
	lowest: string;
	why: string;
}

/** Looked up in November 2026. A package that is not installed need not be. */
export const FLOORS: readonly Floor[] = [
	{
		name: 'better-auth',
		lowest: '1.7.25',
		why: 'CVE-2025-61928, GHSA-xg6x-h9c9-2m83, CVE-2026-45364',
	},
	{
		name: 'hono',
		lowest: '4.13.19',
		why: 'CVE-2026-44456 (body limit), CVE-2026-54290 (CORS), GHSA-gqvv-2mrq-wpjv and some twenty more',
	},
	{
		name: '@hono/node-server',
		lowest: '2.1.9',
		why: 'CVE-2026-39406 and CVE-2026-29087 (paths)',
	},
	{
		name: '@sveltejs/kit',
		lowest: '3.2.0',
		why: 'CVE-2026-22803, GHSA-j62c-4x62-9r35, CVE-2024-53262',
	},
	{
		name: 'devalue',
		lowest: '5.6.2',
		why: 'GHSA-g2pg-6438-jwpf and GHSA-vw5p-8cq8-m7mv (5.1.0 to 5.6.1)',
	},
	{ name: 'svelte', lowest: '5.57.1', why: 'markup from unescaped ids on the server, March 2026' },
	{ name: 'vite', lowest: '8.3.8', why: 'CVE-2026-39364, CVE-2026-118662 (development server)' },
	{ name: 'zod', lowest: '4.0.0', why: 'CVE-2023-4316 (slow e-mail pattern)' },
];

/** Packages below their floor, in words. */
export function belowFloor(packages: readonly Locked[], floors = FLOORS): string[] {
	return floors.flatMap(({ name, lowest, why }) =>
		packages
			.filter((locked) => locked.name === name && isBelow(locked.version, lowest))
			.map(({ path, version }) => `${path} is ${version}, below ${lowest}: ${why}`),
	);
}

/** True when the version is lower, or a pre-release of that very one. */
export function isBelow(version: string, lowest: string): boolean {
	const [release = '', pre] = version.split('-', 2);
	const parts = release.split('.').map(Number);
	for (const [index, least] of lowest.split('.').map(Number).entries()) {
		const part = parts[index] ?? 0;
		if (part !== least) {
			return part < least;
		}
	}
	return pre !== undefined;
}
