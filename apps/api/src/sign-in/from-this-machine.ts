import type { IncomingMessage } from 'node:http';
import type { Config } from '../config.ts';
import type { AppContext } from '../http/context.ts';

const FORWARDING = [
	'forwarded',
	'via',
	'x-real-ip',
	'x-client-ip',
	'x-cluster-client-ip',
	'true-client-ip',
	'cf-connecting-ip',
	'fastly-client-ip',
	'fly-client-ip',
	'x-envoy-external-address',
];

/**
 * Did someone at this very machine send this request? The socket must be loopback's, the host a
 * loopback name, and nothing may say that the request was passed on: behind a reverse proxy on the
 * same machine every request comes from loopback. The pages pass on who asked them
 * (apps/web/src/hooks.server.ts). With a public address of its own it is never so.
 */
export function isFromThisMachine(c: AppContext, config: Pick<Config, 'PUBLIC_URL'>): boolean {
	const { hostname } = new URL(c.req.url);
	return (
		isLoopback(socketAddress(c)) &&
		isLoopbackName(hostname) &&
		isForThisMachine(config) &&
		[...c.req.raw.headers.keys()].every(
			(name) => !FORWARDING.includes(name) && !name.startsWith('x-forwarded'),
		)
	);
}

/** Is the server reached by no public name? */
export function isForThisMachine({ PUBLIC_URL }: Pick<Config, 'PUBLIC_URL'>): boolean {
	return PUBLIC_URL === undefined || isLoopbackName(new URL(PUBLIC_URL).hostname);
}

/** The address at the other end of the connection; undefined outside of a server. */
function socketAddress(c: AppContext): string | undefined {
	// @hono/node-server puts the request it answers here; a test hands in the same shape.
	const env = c.env as { incoming?: Pick<IncomingMessage, 'socket'> } | undefined;
	return env?.incoming?.socket.remoteAddress;
}

function isLoopback(address: string | undefined): boolean {
	return (
		address !== undefined && /^(127\.\d+\.\d+\.\d+|::1|::ffff:127\.\d+\.\d+\.\d+)$/.test(address)
	);
}

function isLoopbackName(hostname: string): boolean {
	const name = hostname.replace(/^\[|\]$/g, '');
	return name === 'localhost' || name.endsWith('.localhost') || isLoopback(name);
}
