import { mkdir, readFile, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { addressOf, type Config } from '../config.ts';

const ANSWER_MS = 1000;

/** Leaves word in the data folder where this server is reached, for commands run beside it. */
export async function writeServedAddress(dataDir: string, address: string): Promise<void> {
	await mkdir(join(dataDir, 'run'), { recursive: true, mode: 0o700 });
	await writeFile(fileIn(dataDir), `${address}\n`, { mode: 0o600 });
}

/** Takes the word back: nobody is served there any more. */
export async function removeServedAddress(dataDir: string): Promise<void> {
	await rm(fileIn(dataDir), { force: true });
}

/**
 * The address people reach the server of this data folder by: as set, else where a running server
 * said it is, else the one it will have at its next start.
 */
export async function servedAddress(
	config: Pick<Config, 'PUBLIC_URL' | 'DATA_DIR' | 'PORT'>,
): Promise<string> {
	const expected = addressOf(config, config.PORT);
	if (config.PUBLIC_URL !== undefined) {
		return expected;
	}
	try {
		const said = (await readFile(fileIn(config.DATA_DIR), 'utf8')).trim();
		const { ok } = await fetch(`${said}/api/health`, { signal: AbortSignal.timeout(ANSWER_MS) });
		return ok ? said : expected;
	} catch {
		return expected;
	}
}

function fileIn(dataDir: string): string {
	return join(dataDir, 'run', 'address');
}
