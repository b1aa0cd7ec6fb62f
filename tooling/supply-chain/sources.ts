import type { Locked } from './lockfile.ts';

const REGISTRY = 'https://registry.npmjs.org/';

/** Packages that may run a program of their own when they are installed. None needs to. */
const INSTALL_SCRIPTS: readonly string[] = [];

/** Packages that could bring something else than what was looked at, in words. */
export function untrusted(packages: readonly Locked[]): string[] {
	return packages.flatMap(({ path, name, integrity, resolved, hasInstallScript }) => {
		const problems: string[] = [];
		if (!/^sha512-[\w+/]{86}==$/.test(integrity ?? '')) {
			problems.push(`${path} has no SHA-512 in package-lock.json.`);
		}
		// Lockfiles may leave the address out: it is the registry's then.
		if (resolved !== null && !resolved.startsWith(REGISTRY)) {
			problems.push(`${path} comes from ${resolved}, not from the registry.`);
		}
		if (hasInstallScript && !INSTALL_SCRIPTS.includes(name)) {
			problems.push(`${path} runs a program when it is installed.`);
		}
		return problems;
	});
}

/** Wishes in a package.json that are no version: a range, a branch, an address. */
export function unpinned(file: string, wishes: Record<string, string>): string[] {
	return Object.entries(wishes)
		.filter(([, wish]) => !/^(npm:@?[\w./-]+@)?\d+\.\d+\.\d+(-[\w.]+)?$/.test(wish))
		.map(([name, wish]) => `${file} asks for ${name} ${wish}, not for one version.`);
}
