import {
	createServer,
	type IncomingMessage,
	type RequestListener,
	type Server,
	type ServerResponse,
} from 'node:http';
import type { AddressInfo, Socket } from 'node:net';
import { setTimeout as wait } from 'node:timers/promises';
import { compress } from './compress.ts';
import { protect } from './headers.ts';
import { describeListenError } from './listen-error.ts';
import { publicOriginOf } from './public-origin.ts';
import { startingPage } from './starting-page.ts';

/** The names Kit reads the public origin from; every request gets them overwritten. */
export const PROTOCOL_HEADER = 'x-throughline-protocol';
export const HOST_HEADER = 'x-throughline-host';

const LIMITS = {
	maxHeaderSize: 16 * 1024,
	headersTimeout: 15_000,
	requestTimeout: 60_000,
	// Longer than the 60 seconds most reverse proxies keep a connection, so the proxy closes first.
	keepAliveTimeout: 65_000,
	connectionsCheckingInterval: 5_000,
};
/** A school at the bell is 3,000 browsers with some connections each, behind a proxy far fewer. */
const MOST_CONNECTIONS = 10_000;
const MOST_HEADERS = 100;
/** TRACE would say back what only a browser may see; Node refuses CONNECT by itself. */
const METHODS = new Set(['GET', 'HEAD', 'POST', 'PUT', 'PATCH', 'DELETE', 'OPTIONS']);
const LOOPBACK = new Set(['127.0.0.1', '::1', '::ffff:127.0.0.1']);
/** Whether to send us anything new. */
const READY_PATH = '/api/health';
/** Whether this process is worth keeping. */
const LIVE_PATH = '/api/health/live';

export interface Handlers {
	/** Answers `/api` and everything below it. */
	api: RequestListener;
	/** Answers everything else: the web build's connect-style handler. */
	pages(req: IncomingMessage, res: ServerResponse, next: () => void): void | Promise<void>;
}

export interface OnePort {
	/** The port listened on. */
	port: number;
	/** Answers requests from now on; until then they get 503. */
	serve(handlers: Handlers): void;
	/**
	 * Says at READY_PATH that nothing new should be sent here, and answers everything else for so long,
	 * each on a connection that is closed behind it.
	 */
	giveNotice(ms: number): Promise<void>;
	/** Stops listening, lets running requests finish for so long, then cuts them off. */
	close(drainMs: number): Promise<void>;
}

/**
 * Listens on one port for the API and the pages.
 * @throws Error in words when the port is taken or not allowed.
 */
export async function openPort(options: {
	port: number;
	host: string;
	publicUrl: string | undefined;
	onError(error: unknown): void;
	/** Shorter times than usual, for a test. */
	limits?: Partial<typeof LIMITS>;
}): Promise<OnePort> {
	let handlers: Handlers | null = null;
	let isLeaving = false;
	const server = createServer({ ...LIMITS, ...options.limits }, (req, res) => {
		answer({ req, res, handlers, isLeaving, ...options });
	});
	server.maxConnections = MOST_CONNECTIONS;
	server.maxHeadersCount = MOST_HEADERS;
	const closeIdle = trackIdle(server);
	await listen(server, options);
	// A TCP server's address is an object; only pipes have a string.
	const { port } = server.address() as AddressInfo;
	return {
		port,
		serve(given) {
			handlers = given;
		},
		async giveNotice(ms) {
			isLeaving = true;
			await wait(ms);
		},
		close: (drainMs) => drain(server, { closeIdle, drainMs }),
	};
}

interface Exchange {
	req: IncomingMessage;
	res: ServerResponse;
	handlers: Handlers | null;
	isLeaving: boolean;
	publicUrl: string | undefined;
	onError(error: unknown): void;
}

function answer({ req, res, handlers, isLeaving, publicUrl, onError }: Exchange): void {
	const path = pathOf(req);
	const isApi = path === '/api' || path.startsWith('/api/');
	protect(res, { path, publicUrl });
	if (!METHODS.has(req.method ?? '')) {
		res.setHeader('allow', [...METHODS].join(', '));
		refuse(res, {
			isApi,
			status: 405,
			code: 'method_not_allowed',
			message: 'Nothing answers that.',
		});
		return;
	}
	if (isLeaving) {
		// A proxy that keeps connections must not find this one gone under its next request.
		res.setHeader('connection', 'close');
		if (path === READY_PATH) {
			res.setHeader('retry-after', '10');
			refuse(res, { isApi, status: 503, code: 'stopping', message: 'Throughline is stopping.' });
			return;
		}
	}
	if (handlers === null) {
		if (path === LIVE_PATH) {
			// Whoever ended a process that is still making its tables would end it each time.
			res.writeHead(200, { 'content-type': 'application/json' }).end('{"status":"ok"}');
			return;
		}
		res.setHeader('retry-after', '2');
		if (isApi) {
			refuse(res, { isApi, status: 503, code: 'starting', message: 'Throughline is starting.' });
			return;
		}
		if (req.method === 'GET') {
			// Not of a page that was sent: what was written on it would be gone.
			res.setHeader('refresh', '2');
		}
		res.writeHead(503, { 'content-type': 'text/html; charset=utf-8' }).end(startingPage);
		return;
	}
	if (isApi && isFromPages(req)) {
		handlers.api(req, res);
		return;
	}
	const origin = publicOriginOf(req, publicUrl);
	// Load balancers ask for health by whatever name they know; it tells nobody anything.
	if (origin === null && path !== READY_PATH && path !== LIVE_PATH) {
		const message = `This address is not one Throughline knows. Set PUBLIC_URL to the address people type, e.g. PUBLIC_URL=http://${printable(req.headers.host)}.`;
		refuse(res, { isApi, status: 421, code: 'unknown_host', message });
		return;
	}
	req.headers[PROTOCOL_HEADER] = origin?.protocol ?? 'http';
	req.headers[HOST_HEADER] = origin?.host ?? 'localhost';
	const hand = () => {
		const done = isApi ? handlers.api(req, res) : handlers.pages(req, res, () => notFound(res));
		Promise.resolve(done).catch((error: unknown) => {
			onError(error);
			const message = 'Something went wrong on our side. Try again.';
			refuse(res, { isApi, status: 500, code: 'internal', message });
		});
	};
	if (isApi && req.method !== 'GET') {
		// What a change answers is short.
		hand();
	} else {
		compress(req, res, hand);
	}
}

/**
 * The pages reach the API over loopback, where the Host header names this process. They say in
 * HOST_HEADER which host the person's browser sees, so that both compare origins with the same
 * name. Another site cannot make a browser send that header: it is not one a form can carry, and
 * a script would need a permission the API never gives. A site whose name points here (DNS rebinding)
 * could, but its browser says that name in Host, where the pages say an address.
 */
function isFromPages(req: IncomingMessage): boolean {
	const host = req.headers[HOST_HEADER];
	const address = req.socket.remoteAddress ?? '';
	const isAddressed = publicOriginOf(req, undefined) !== null;
	if (typeof host !== 'string' || !LOOPBACK.has(address) || !isAddressed) {
		return false;
	}
	req.headers.host = host;
	return true;
}

function pathOf(req: IncomingMessage): string {
	return (req.url ?? '/').split('?', 1)[0] ?? '/';
}

function printable(host: string | undefined): string {
	return (host ?? 'listen.example.org').replace(/[^\w.:-]/g, '');
}

function notFound(res: ServerResponse): void {
	refuse(res, { isApi: false, status: 404, code: 'not_found', message: 'Nothing is here.' });
}

function refuse(
	res: ServerResponse,
	problem: { isApi: boolean; status: number; code: string; message: string },
): void {
	if (res.headersSent) {
		res.destroy();
		return;
	}
	const { isApi, status, code, message } = problem;
	res.writeHead(status, {
		'content-type': isApi ? 'application/json' : 'text/plain; charset=utf-8',
	});
	res.end(isApi ? JSON.stringify({ error: { code, message } }) : `${message}\n`);
}

async function listen(server: Server, options: { port: number; host: string }): Promise<void> {
	const { promise, resolve, reject } = Promise.withResolvers<void>();
	server.once('error', (error) => reject(describeListenError(error, options)));
	server.listen(options.port, options.host, () => resolve());
	await promise;
}

/**
 * Node counts a connection that has not sent anything yet as busy, and browsers keep such ones
 * ready. This tells them apart, and closes a connection after its last response once the server
 * has stopped listening.
 */
function trackIdle(server: Server): () => void {
	const running = new Map<Socket, number>();
	const add = (socket: Socket, change: number) => {
		const before = running.get(socket);
		if (before === undefined) {
			return;
		}
		running.set(socket, before + change);
		if (before + change === 0 && !server.listening) {
			socket.end();
		}
	};
	server.on('connection', (socket) => {
		running.set(socket, 0);
		socket.once('close', () => running.delete(socket));
	});
	server.on('request', ({ socket }, res) => {
		add(socket, 1);
		res.once('close', () => add(socket, -1));
	});
	return () => {
		for (const [socket, count] of running) {
			if (count === 0) {
				socket.destroy();
			}
		}
	};
}

async function drain(
	server: Server,
	{ closeIdle, drainMs }: { closeIdle: () => void; drainMs: number },
): Promise<void> {
	const { promise, resolve } = Promise.withResolvers<void>();
	server.close(() => resolve());
	closeIdle();
	const timer = setTimeout(() => server.closeAllConnections(), drainMs);
	await promise;
	clearTimeout(timer);
}
