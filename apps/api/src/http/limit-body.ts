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
		const announced = announcedLength(raw);
		if (announced !== null && announced > maxBytes) {
			throw tooLarge(maxBytes);
		}
		if (announced === null && mayHaveBody(raw) && raw.body) {
			const body = await readUpTo(raw.body, maxBytes);
			c.req.raw = new Request(raw.url, { method: raw.method, headers: raw.headers, body });
		}
		await next();
	};
}

/**
 * How many bytes a request says its body has; null where it does not say, or sends it in chunks.
 * Asking for `body` itself makes a stream of it, which costs as much as all else that is checked.
 */
export function announcedLength(raw: Request): number | null {
	const announced = raw.headers.get('content-length');
	return announced === null || raw.headers.has('transfer-encoding') ? null : Number(announced);
}

/** Of a GET or HEAD nothing reads a body, whatever was sent. */
export function mayHaveBody({ method }: Request): boolean {
	return method !== 'GET' && method !== 'HEAD';
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
