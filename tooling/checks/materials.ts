import { readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { root } from '../stages/command.ts';
import { readLockfile } from '../supply-chain/lockfile.ts';
import { billOfMaterials } from '../supply-chain/sbom.ts';

const FILE = 'docs/sbom.cdx.json';

/** Says so when the bill of materials is not that of the lockfile. */
export async function checkMaterials(): Promise<string[]> {
	const written = await readFile(join(root, FILE), 'utf8').catch(() => '');
	return written === (await make())
		? []
		: [`${FILE} does not name the packages of package-lock.json. Run: npm run docs`];
}

/** Writes the bill of materials anew. */
export async function writeMaterials(): Promise<void> {
	await writeFile(join(root, FILE), await make());
}

async function make(): Promise<string> {
	const manifest: unknown = JSON.parse(await readFile(join(root, 'package.json'), 'utf8'));
	return billOfMaterials(await readLockfile(), String(Object(manifest).version));
}
