import { existsSync } from 'node:fs';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { startThroughline } from './start-throughline.ts';

/** Loads the sample once; every worker then starts from a copy of that data folder. */
export default async function loadSample(): Promise<() => Promise<void>> {
	if (!existsSync(resolve(import.meta.dirname, '../build/handler.js'))) {
		throw new Error('The pages are not built. Run: npm run build -w apps/web');
	}
	const template = await mkdtemp(join(tmpdir(), 'throughline-e2e-'));
	const remove = () => rm(template, { recursive: true, force: true });
	try {
		const server = await startThroughline(template);
		await server.stop();
	} catch (error) {
		await remove();
		throw error;
	}
	process.env['THROUGHLINE_E2E_TEMPLATE'] = template;
	return remove;
}
