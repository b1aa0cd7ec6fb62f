import { once } from 'node:events';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { Hono } from 'hono';
import { expect, test } from 'vitest';
import { handOver } from './hand-over.ts';

test('pages reach the API of this process with whole requests, for the person who asks', async () => {
	const api = new Hono<{ Bindings: { incoming: { socket: { remotePort?: number } } } }>().post(
		'/api/echo',
		async (c) => {
			const { remotePort } = c.env.incoming.socket;
			return c.json(
				{ body: await c.req.json(), code: c.req.header('x-access-code'), remotePort },
				201,
			);
		},
	);
	const pages = handOver(async (req, res) => {
		const reached: unknown = Reflect.get(req, Symbol.for('throughline.api'));
		// What the pages do (apps/web/src/hooks.server.ts).
		const ask = reached as (request: Request) => Promise<Response>;
		const answer = await ask(
			new Request('http://people.example/api/echo', {
				method: 'POST',
				headers: { 'x-access-code': 'K7QM', 'content-type': 'application/json' },
				body: '{"answer":"yes"}',
			}),
		);
		res.end(
			JSON.stringify({
				status: answer.status,
				json: await answer.json(),
				port: req.socket.remotePort,
			}),
		);
	}, api);
	const server = createServer((req, res) => void pages(req, res, () => undefined));
	server.listen(0, '127.0.0.1');
	await once(server, 'listening');
	// A TCP server's address is an object.
	const { port } = server.address() as AddressInfo;
	try {
		const page: unknown = await (await fetch(`http://127.0.0.1:${port}/page`)).json();
		expect(page).toMatchObject({
			status: 201,
			json: { body: { answer: 'yes' }, code: 'K7QM' },
		});
		const { json, port: seen } = page as { json: { remotePort: number }; port: number };
		expect(json.remotePort).toBe(seen);
	} finally {
		server.closeAllConnections();
		server.close();
	}
});
