import { svelte } from '@sveltejs/vite-plugin-svelte';
import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { extname, join } from 'node:path';
import { build } from 'vite';
import { createLine, type Line } from './line.ts';

const types: Record<string, string> = {
	'.html': 'text/html; charset=utf-8',
	'.js': 'text/javascript',
	'.css': 'text/css',
	'.webm': 'audio/webm',
};

export interface ServedHarness {
	/** The address of a page with nothing but the recorder on it. */
	origin: string;
	/** Files served beside the page, by name. */
	files: Map<string, Buffer>;
	/** What is between the page and the API. */
	line: Line;
	close(): Promise<void>;
}

/**
 * The recorder on a page of its own, with `/api` of a running server behind it. When that server
 * dies, requests under way lose their connection, as they would without anything between.
 */
export async function serveHarness(api: string): Promise<ServedHarness> {
	const folder = await mkdtemp(join(tmpdir(), 'throughline-harness-'));
	await build({
		root: join(import.meta.dirname, 'harness'),
		configFile: false,
		logLevel: 'error',
		plugins: [svelte({ configFile: false })],
		build: { outDir: folder, emptyOutDir: true },
	});
	const files = new Map<string, Buffer>();
	const line = createLine(api);
	const server = createServer((req, res) => {
		if (req.url?.startsWith('/api/')) {
			line.passOn(req, res);
			return;
		}
		void answer(req, res, { folder, files });
	});
	const listening = Promise.withResolvers<void>();
	server.listen(0, '127.0.0.1', () => listening.resolve());
	await listening.promise;
	// A TCP server's address is an object.
	const { port } = server.address() as AddressInfo;
	return {
		origin: `http://localhost:${port}`,
		files,
		line,
		async close() {
			server.closeAllConnections();
			server.close();
			await rm(folder, { recursive: true, force: true });
		},
	};
}

async function answer(
	req: IncomingMessage,
	res: ServerResponse,
	{ folder, files }: { folder: string; files: Map<string, Buffer> },
): Promise<void> {
	const name = new URL(req.url ?? '/', 'http://localhost').pathname.slice(1) || 'index.html';
	const body = files.get(name) ?? (await readFile(join(folder, name)).catch(() => null));
	if (body === null) {
		res.writeHead(404).end();
		return;
	}
	res.writeHead(200, { 'content-type': types[extname(name)] ?? 'application/octet-stream' });
	res.end(body);
}
