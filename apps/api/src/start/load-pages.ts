import { existsSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { HOST_HEADER, PROTOCOL_HEADER, type Handlers } from '../server/one-port.ts';

const BUILD = new URL('../../../web/build/handler.js', import.meta.url);

/**
 * The built pages as a request handler. Their build reads its settings from the environment while
 * it is imported, so they are set before, and what would let a request name its own origin or
 * address is taken away.
 * @throws Error when the pages are not built.
 */
export async function loadPages(port: number): Promise<Handlers['pages']> {
	if (!existsSync(BUILD)) {
		throw new Error(
			`The pages are not built (${fileURLToPath(BUILD)} is missing). Run: npm run build`,
		);
	}
	Object.assign(process.env, {
		PROTOCOL_HEADER,
		HOST_HEADER,
		API_ORIGIN: `http://127.0.0.1:${port}`,
		// An answer of 100,000 characters, percent-encoded, has to arrive to be refused in words.
		BODY_SIZE_LIMIT: '2M',
	});
	for (const name of ['ADDRESS_HEADER', 'PORT_HEADER', 'XFF_DEPTH']) {
		delete process.env[name];
	}
	const build: { handler: Handlers['pages'] } = await import(BUILD.href);
	return build.handler;
}
