import { getRequestListener } from '@hono/node-server';
import { Hono } from 'hono';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { AppError } from '../errors.ts';
import type { AppEnv } from './context.ts';
import { limitBody } from './limit-body.ts';

const app = new Hono<AppEnv>();
app.onError((error, c) => c.text(error.message, error instanceof AppError ? error.status : 500));
app.use(limitBody(1024));
app.post('/', async (c) => c.json({ got: (await c.req.json<string>()).length }));

// As start-server.ts does: over a real connection, with the global Request left alone.
const server = createServer(getRequestListener(app.fetch, { overrideGlobalObjects: false }));
let address: string;

beforeAll(async () => {
	const listening = Promise.withResolvers<void>();
	server.listen(0, '127.0.0.1', () => listening.resolve());
	await listening.promise;
	// A TCP server's address is an object.
	address = `http://127.0.0.1:${(server.address() as AddressInfo).port}/`;
});
afterAll(() => {
	server.close();
	server.closeAllConnections();
});

async function send(body: string | ReadableStream<Uint8Array>) {
	const response = await fetch(address, {
		method: 'POST',
		body,
		headers: { 'content-type': 'application/json' },
		duplex: 'half',
	});
	return { status: response.status, text: await response.text() };
}

function inChunks(text: string): ReadableStream<Uint8Array> {
	return new ReadableStream({
		start(controller) {
			for (let at = 0; at < text.length; at += 100) {
				controller.enqueue(Buffer.from(text.slice(at, at + 100)));
			}
			controller.close();
		},
	});
}

test('a body that says its length is read', async () => {
	expect(await send(JSON.stringify('x'.repeat(500)))).toEqual({ status: 200, text: '{"got":500}' });
});

test('a body in chunks is read', async () => {
	const text = JSON.stringify('x'.repeat(900));
	expect(await send(inChunks(text))).toMatchObject({ status: 200, text: '{"got":900}' });
});

test('a body that says it is too long is refused', async () => {
	expect((await send(JSON.stringify('x'.repeat(2000)))).status).toBe(413);
});

test('a body that grows too long in chunks is refused', async () => {
	expect((await send(inChunks(JSON.stringify('x'.repeat(2000))))).status).toBe(413);
});
