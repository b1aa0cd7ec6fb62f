import { once } from 'node:events';
import { connect, type Socket } from 'node:net';
import { afterEach, expect, test } from 'vitest';
import { type OnePort, openPort } from './one-port.ts';

const open: OnePort[] = [];
afterEach(async () => {
	await Promise.all(open.splice(0).map((port) => port.close(8_000)));
});

async function start(options: { publicUrl?: string } = {}) {
	const port = await openPort({
		port: 0,
		host: '127.0.0.1',
		publicUrl: options.publicUrl,
		onError: () => {},
		limits: { headersTimeout: 300, requestTimeout: 600, connectionsCheckingInterval: 50 },
	});
	open.push(port);
	port.serve({
		api: (req, res) => void req.resume().on('end', () => res.end('{}')),
		pages: (_req, res) => void res.end('page'),
	});
	return port.port;
}

/** Sends text as it is, and gives everything that came back until the server closed. */
async function say(port: number, text: string): Promise<string> {
	const socket = connect(port, '127.0.0.1', () => socket.write(text));
	return await heard(socket);
}

async function heard(socket: Socket): Promise<string> {
	let answer = '';
	socket.on('data', (chunk) => (answer += chunk.toString()));
	socket.on('error', () => {});
	await once(socket, 'close');
	return answer;
}

const head = (port: number, line: string) => `${line} HTTP/1.1\r\nhost: localhost:${port}\r\n`;

test('a client that never ends its headers is shown out, and others are served meanwhile', async () => {
	const port = await start();
	const slow = Array.from({ length: 200 }, () => say(port, head(port, 'GET /')));

	const other = await say(port, `${head(port, 'GET /')}connection: close\r\n\r\n`);

	expect(other).toMatch(/^HTTP\/1.1 200/);
	expect(new Set((await Promise.all(slow)).map((answer) => answer.slice(0, 12)))).toEqual(
		new Set(['HTTP/1.1 408']),
	);
});

test('a client that never ends its body is shown out', async () => {
	const port = await start();

	const answer = await say(port, `${head(port, 'POST /api/x')}content-length: 100\r\n\r\n{`);

	expect(answer).toMatch(/^HTTP\/1.1 408/);
});

test.each([
	['both lengths', 'content-length: 4\r\ntransfer-encoding: chunked\r\n\r\n0\r\n\r\n'],
	['two lengths', 'content-length: 4\r\ncontent-length: 5\r\n\r\nabcde'],
	['a length that is none', 'content-length: 4x\r\n\r\nabcd'],
	['a coding that is not the last', 'transfer-encoding: chunked, x\r\n\r\n0\r\n\r\n'],
	['a line end inside a name', 'x\rcontent-length: 4\r\n\r\nabcd'],
	['a chunk of a length that is none', 'transfer-encoding: chunked\r\n\r\nzz\r\nabcd\r\n0\r\n\r\n'],
])('%s is no request', async (_, rest) => {
	const port = await start();

	const answer = await say(port, `${head(port, 'POST /api/x')}${rest}`);

	expect(answer).toMatch(/^HTTP\/1.1 400/);
	expect(answer.match(/HTTP\/1.1/g)).toHaveLength(1);
});

test('TRACE is refused, and CONNECT gets no connection', async () => {
	const port = await start();

	expect(await say(port, `${head(port, 'TRACE /')}connection: close\r\n\r\n`)).toMatch(
		/^HTTP\/1.1 405/,
	);
	expect(await say(port, 'CONNECT example.org:443 HTTP/1.1\r\nhost: example.org\r\n\r\n')).toBe('');
});

test('https is promised for two years where PUBLIC_URL is https, and not where it is not', async () => {
	const ask = async (publicUrl: string) => {
		const port = await start({ publicUrl });
		return await say(port, `${head(port, 'GET /')}connection: close\r\n\r\n`);
	};

	expect(await ask('https://listen.example.org')).toContain(
		'strict-transport-security: max-age=63072000; includeSubDomains\r\n',
	);
	expect(await ask('http://listen.example.org')).not.toContain('strict-transport-security');
});
