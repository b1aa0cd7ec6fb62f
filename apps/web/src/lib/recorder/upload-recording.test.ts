import { createHash, randomBytes } from 'node:crypto';
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { ApiProblem } from '../api.ts';
import { sha256Of } from './manifest.ts';
import type { LocalRecording } from './recording.ts';
import { sendSource } from './upload-recording.ts';

const recording: LocalRecording = {
	id: '6f1c54a2-5a57-4a9b-9b0e-1f5f3c0c9a01',
	engagementId: 'e',
	sessionId: 's',
	status: 'stopped',
	mime: 'audio/webm',
	label: '',
	tableNo: null,
	startedAt: '2026-01-15T15:00:00Z',
	offsetMs: 0,
	gaps: [],
	cuts: [],
	source: 'device',
};

/** A server that keeps what arrives and can be told to misbehave. */
let arrived: Buffer | null;
let received: number;
let tokens: Set<string | undefined>;
/** Breaks the connection of a PATCH after so many bytes, once. */
let breakAfter: number | null;
let announcement: { status: number; body: unknown };
const server = createServer((req, res) => void answer(req, res));
let origin: string;

beforeEach(async () => {
	arrived = null;
	received = 0;
	tokens = new Set();
	breakAfter = null;
	announcement = { status: 200, body: { status: 'announced' } };
	const listening = Promise.withResolvers<void>();
	server.listen(0, '127.0.0.1', () => listening.resolve());
	await listening.promise;
	// A TCP server's address is an object.
	origin = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
	vi.stubGlobal('location', { href: origin });
});
afterEach(() => {
	vi.unstubAllGlobals();
	server.closeAllConnections();
	server.close();
});

async function answer(req: IncomingMessage, res: ServerResponse): Promise<void> {
	// One header of that name is sent.
	tokens.add(req.headers['x-throughline-device'] as string | undefined);
	if (req.url?.endsWith('/recordings')) {
		return reply(res, announcement);
	}
	if (req.url?.endsWith('/verify')) {
		const whole = arrived ?? Buffer.alloc(0);
		const sha256 = createHash('sha256').update(whole).digest('hex');
		const body = { status: 'received', bytes: whole.length, sha256, problem: null };
		return reply(res, { status: 200, body });
	}
	if (req.method === 'POST') {
		arrived = Buffer.alloc(0);
		res.writeHead(201, { location: req.url }).end();
	} else if (req.method === 'HEAD') {
		const length = { 'upload-offset': String(arrived?.length ?? 0), 'upload-length': '3000000' };
		res.writeHead(arrived ? 200 : 404, arrived ? length : {}).end();
	} else {
		await take(req, res);
	}
}

async function take(req: IncomingMessage, res: ServerResponse): Promise<void> {
	if (Number(req.headers['upload-offset']) !== arrived?.length) {
		res.writeHead(409).end();
		return;
	}
	for await (const chunk of req) {
		// A request without an encoding gives buffers.
		arrived = Buffer.concat([arrived, chunk as Buffer]);
		received += (chunk as Buffer).length;
		if (breakAfter !== null && received > breakAfter) {
			breakAfter = null;
			req.socket.destroy();
			return;
		}
	}
	res.writeHead(204, { 'upload-offset': String(arrived.length) }).end();
}

function reply(res: ServerResponse, { status, body }: { status: number; body: unknown }): void {
	res.writeHead(status, { 'content-type': 'application/json' }).end(JSON.stringify(body));
}

function send(bytes: Uint8Array<ArrayBuffer>, onProgress = (_sent: number) => {}) {
	return sendSource(recording, {
		token: 'secret of the tablet',
		fetch: (input, init) => fetch(new URL(String(input), origin), init),
		signal: new AbortController().signal,
		onProgress,
		slices: [],
		source: {
			size: bytes.length,
			read: async (from, to) => bytes.slice(from, to),
			sha256: () => sha256Of(bytes),
		},
	});
}

const sound = () => Uint8Array.from(randomBytes(3_000_000));

describe('sending a recording', () => {
	it('arrives in parts, whole, with the token of the device on every request', async () => {
		const bytes = sound();
		const verified = await send(bytes);
		expect(verified.sha256).toBe(await sha256Of(bytes));
		expect(received).toBe(bytes.length);
		expect([...tokens]).toEqual(['secret of the tablet']);
	});

	it('goes on from where a broken connection left it, and sends no byte twice', async () => {
		breakAfter = 1_500_000;
		const bytes = sound();
		const verified = await send(bytes);
		expect(verified.sha256).toBe(await sha256Of(bytes));
		expect(received).toBe(bytes.length);
	});

	it('sends nothing that is there already', async () => {
		announcement = { status: 200, body: { status: 'ready' } };
		const bytes = sound();
		arrived = Buffer.from(bytes);
		expect((await send(bytes)).bytes).toBe(bytes.length);
		expect(received).toBe(0);
	});

	it('ends at once when the device was revoked', async () => {
		const error = { code: 'device_revoked', message: 'Taken out of use.' };
		announcement = { status: 401, body: { error } };
		const refused = send(sound());
		await expect(refused).rejects.toBeInstanceOf(ApiProblem);
		await expect(refused).rejects.toMatchObject({ code: 'device_revoked', status: 401 });
		expect(received).toBe(0);
	});
});
