import type { MiddlewareHandler } from 'hono';
import { AppError } from '../errors.ts';
import type { AppEnv } from './context.ts';

/**
 * Refuses bodies of more than this many bytes, whether their length is announced or they come in
 * chunks. Hono's own middleware cannot rebuild the request of @hono/node-server when the global
 * Request is left alone, so chunked bodies fail there.
 */
export function limitBody(maxBytes: number): MiddlewareHandler<AppEnv> {
	return async (c, next) => {
		const { raw } = c.req;
		if (raw.body) {
			const announced = raw.headers.get('content-length');
			if (announced !== null && Number(announced) > maxBytes) {
				throw tooLarge(maxBytes);
			}
			if (announced === null || raw.headers.has('transfer-encoding')) {
				const body = await readUpTo(raw.body, maxBytes);
				c.req.raw = new Request(raw.url, { method: raw.method, headers: raw.headers, body });
			}
		}
		await next();
	};
}

async function readUpTo(
	stream: ReadableStream<Uint8Array>,
	maxBytes: number,
): Promise<Uint8Array<ArrayBuffer>> {
	const chunks: Uint8Array[] = [];
	let size = 0;
	for await (const chunk of stream) {
		size += chunk.length;
		if (size > maxBytes) {
			throw tooLarge(maxBytes);
		}
		chunks.push(chunk);
	}
	return Uint8Array.from(Buffer.concat(chunks));
}

function tooLarge(maxBytes: number): AppError {
	return new AppError(
		'body_too_large',
		413,
		`More was sent than this address takes (${maxBytes / 1024} KB).`,
	);
}
