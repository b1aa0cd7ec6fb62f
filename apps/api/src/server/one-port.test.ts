import { once } from 'node:events';
import { request } from 'node:http';
import { connect } from 'node:net';
import { afterEach, expect, test } from 'vitest';
import { HOST_HEADER, type OnePort, openPort, PROTOCOL_HEADER } from './one-port.ts';

const LONG = 'A long line of words that compresses well. '.repeat(100);
const open: OnePort[] = [];

afterEach(async () => {
	await Promise.all(open.splice(0).map((port) => port.close(8_000)));
});

test('requests get 503 in words until the handlers are there', async () => {
	const { ask } = await start({ isServing: false });

	const page = await ask('/');
	const api = await ask('/api/health');

	expect(page.status).toBe(503);
	expect(page.headers).toMatchObject({ 'content-type': 'text/html; charset=utf-8', refresh: '2' });
	for (const words of [
		'What was sent before is saved',
		'carga esta página otra vez',
		'dir="rtl"',
	]) {
		expect(page.body).toContain(words);
	}
	expect(api.status).toBe(503);
	expect(JSON.parse(api.body)).toEqual({
		error: { code: 'starting', message: 'Throughline is starting.' },
	});
});

test('a process that is starting is alive', async () => {
	const { ask } = await start({ isServing: false });

	expect((await ask('/api/health/live')).status).toBe(200);
});

test.each([
	['/api', 'api'],
	['/api/', 'api'],
	['/api/health', 'api'],
	['/api?x=1', 'api'],
	['/', 'pages'],
	['/apiary', 'pages'],
	['/API/health', 'pages'],
	['//api/health', 'pages'],
	['/s/api/', 'pages'],
])('%s is answered by the %s', async (path, expected) => {
	const { ask } = await start();

	const answer = await ask(path);

	expect(answer.headers['x-by']).toBe(expected);
});

test('what a request claims about its origin is overwritten', async () => {
	const { ask, port } = await start();
	const forged = { [PROTOCOL_HEADER]: 'https', [HOST_HEADER]: 'evil.example' };

	const answer = await ask('/', forged);

	expect(answer.headers['x-saw']).toBe(`http://127.0.0.1:${port}`);
});

test('PUBLIC_URL is the origin whatever host was asked', async () => {
	const { ask } = await start({ publicUrl: 'https://listen.example.org' });

	const answer = await ask('/', { host: 'evil.example', [HOST_HEADER]: 'evil.example' });

	expect(answer.headers['x-saw']).toBe('https://listen.example.org');
});

test.each(['evil.example', 'localhost.evil.example', 'a@localhost', 'localhost/x'])(
	'without PUBLIC_URL the host "%s" is refused, for it may be another site’s name',
	async (host) => {
		const { ask } = await start();

		const answer = await ask('/', { host });

		expect(answer.status).toBe(421);
		expect(answer.body).toContain('Set PUBLIC_URL');
	},
);

test.each(['localhost:4310', '127.0.0.1:4310', '[::1]:4310', '192.168.1.20:4310'])(
	'without PUBLIC_URL the host %s is served',
	async (host) => {
		const { ask } = await start();

		const answer = await ask('/', { host });

		expect(answer.headers['x-saw']).toBe(`http://${host}`);
	},
);

test('health is answered under any host name', async () => {
	const { ask } = await start();

	for (const path of ['/api/health', '/api/health/live']) {
		const answer = await ask(path, { host: 'throughline.svc.cluster.local' });
		expect(answer.status).toBe(200);
	}
});

test('the API sees the host of the page when the pages call it over loopback', async () => {
	const { ask } = await start();

	const answer = await ask('/api/x', { [HOST_HEADER]: 'localhost:4310' });

	expect(answer.headers['x-saw']).toBe('localhost:4310');
});

test.each(['localhost:4310', 'evil.example:4310'])(
	'a site whose name points here is refused, though it says that the page is at %s',
	async (host) => {
		const { ask } = await start();

		const answer = await ask('/api/x', { host: 'evil.example:4310', [HOST_HEADER]: host });

		expect(answer.status).toBe(421);
	},
);

test('pages are compressed, except where their length could give a secret away', async () => {
	const { ask } = await start();
	const gzip = { 'accept-encoding': 'gzip' };

	const plain = await ask('/', gzip);
	const causedElsewhere = await ask('/', {
		...gzip,
		cookie: 'session=1',
		'sec-fetch-site': 'cross-site',
	});
	const settingCookie = await ask('/sets-cookie', gzip);
	const visitor = await ask('/', { ...gzip, 'sec-fetch-site': 'cross-site' });

	expect(plain.headers['content-encoding']).toBe('gzip');
	expect(plain.headers['vary']).toContain('Accept-Encoding');
	expect(causedElsewhere.headers['content-encoding']).toBeUndefined();
	expect(settingCookie.headers['content-encoding']).toBeUndefined();
	expect(visitor.headers['content-encoding']).toBe('gzip');
});

test('a handler that fails answers 500 and tells nothing of why', async () => {
	const { ask, errors } = await start();

	const answer = await ask('/fails');

	expect(answer.status).toBe(500);
	expect(answer.body).not.toContain('secret reason');
	expect(errors).toEqual([new Error('secret reason')]);
});

test('a header block above 16 KB is refused', async () => {
	const { ask } = await start();

	const answer = await ask('/', { 'x-long': 'x'.repeat(17_000) });

	expect(answer.status).toBe(431);
});

test('closing finishes the running request and drops idle connections', async () => {
	const { ask, port, release, running } = await start();
	const idle = connect(port, '127.0.0.1').on('error', () => {});
	await once(idle, 'connect');
	const idleClosed = once(idle, 'close');
	const slow = ask('/slow', { connection: 'keep-alive' });
	await running;

	const closed = open.pop()?.close(8_000);
	release();

	expect((await slow).body).toBe('slow');
	await expect(closed).resolves.toBeUndefined();
	await expect(idleClosed).resolves.toBeDefined();
});

test('a taken port is named, with the way out', async () => {
	const { port } = await start();

	const second = openPort({ port, host: '127.0.0.1', publicUrl: undefined, onError: () => {} });

	await expect(second).rejects.toThrow(`Port ${port} is taken`);
});

test('a foreign HOST is named', async () => {
	const second = openPort({ port: 0, host: '203.0.113.7', publicUrl: undefined, onError() {} });

	await expect(second).rejects.toThrow('HOST=203.0.113.7 is not an address of this machine');
});

async function start(options: { publicUrl?: string; isServing?: boolean } = {}) {
	const errors: unknown[] = [];
	const gate = Promise.withResolvers<void>();
	const begun = Promise.withResolvers<void>();
	const onePort = await openPort({
		port: 0,
		host: '127.0.0.1',
		publicUrl: options.publicUrl,
		onError: (error) => errors.push(error),
	});
	open.push(onePort);
	if (options.isServing !== false) {
		onePort.serve({
			api: (req, res) => {
				res
					.setHeader('x-by', 'api')
					.setHeader('x-saw', req.headers.host ?? '')
					.end();
			},
			async pages(req, res) {
				const saw = `${req.headers[PROTOCOL_HEADER]}://${req.headers[HOST_HEADER]}`;
				res.setHeader('x-by', 'pages').setHeader('x-saw', saw);
				res.setHeader('content-type', 'text/html');
				if (req.url === '/fails') {
					throw new Error('secret reason');
				}
				if (req.url === '/sets-cookie') {
					res.setHeader('set-cookie', 'a=b');
				}
				if (req.url === '/slow') {
					begun.resolve();
					await gate.promise;
					res.end('slow');
					return;
				}
				res.end(LONG);
			},
		});
	}
	const ask = (path: string, headers: Record<string, string> = {}) =>
		get({ port: onePort.port, path, headers });
	return { ask, errors, port: onePort.port, release: gate.resolve, running: begun.promise };
}

/** Unlike fetch, sends any header and shows the body as it came. */
async function get(options: { port: number; path: string; headers: Record<string, string> }) {
	const req = request({ host: '127.0.0.1', agent: false, ...options }).end();
	const [res] = await once(req, 'response');
	const chunks: Buffer[] = await res.toArray();
	return {
		status: Number(res.statusCode),
		headers: res.headers,
		body: Buffer.concat(chunks).toString(),
	};
}
