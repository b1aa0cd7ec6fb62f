import { version } from '$app/env';
import { assets, immutable } from '$app/manifest';
import { self } from '$app/service-worker';

// The worker of /dialogs/ alone: it keeps the app's shell and every file, so that a session is run
// without a network. It touches GET requests for those and nothing else; the API is never cached.

/** A hash of all sources (vite.config.ts): another build of the same app keeps its cache. */
const CACHE = `room-${version}`;
const SHELL = '/dialogs/';
const DIGESTS = '/dialogs/digests.json';

const files = new Set([
	SHELL,
	...[...immutable, ...assets].map(
		({ path }) => new URL(path, `${self.location.origin}/`).pathname,
	),
]);

self.addEventListener('install', (event) => event.waitUntil(keepEverything()));

self.addEventListener('activate', (event) => {
	event.waitUntil(dropOldCaches().then(() => self.clients.claim()));
});

self.addEventListener('message', (event) => {
	if (event.data === 'verify') {
		const [port] = event.ports;
		event.waitUntil(isComplete().then((is) => port?.postMessage(is ? 'verified' : 'incomplete')));
	}
});

self.addEventListener('fetch', (event) => {
	const { request } = event;
	const url = new URL(request.url);
	if (request.method !== 'GET' || url.origin !== self.location.origin) {
		return;
	}
	if (request.mode === 'navigate' && url.pathname.startsWith(SHELL)) {
		// Every address of the app is the same shell; its script reads the address.
		event.respondWith(kept(SHELL, request));
	} else if (files.has(url.pathname)) {
		event.respondWith(kept(url.pathname, request));
	}
});

async function kept(path: string, request: Request): Promise<Response> {
	const cache = await caches.open(CACHE);
	return (await cache.match(path)) ?? (await fetch(request));
}

async function keepEverything(): Promise<void> {
	const cache = await caches.open(CACHE);
	const digests: Record<string, string> = {};
	await Promise.all(
		[...files].map(async (path) => {
			const response = await fetch(path, { cache: 'no-cache' });
			if (!response.ok || response.redirected) {
				throw new Error(`${path} could not be kept (${response.status}).`);
			}
			digests[path] = await digestOf(response.clone());
			await cache.put(path, response);
		}),
	);
	await cache.put(DIGESTS, Response.json(digests));
}

/** Every file is there, byte for byte as it came. */
async function isComplete(): Promise<boolean> {
	const cache = await caches.open(CACHE);
	const list = await cache.match(DIGESTS);
	if (!list) {
		return false;
	}
	const digests: unknown = await list.json();
	for (const path of files) {
		const response = await cache.match(path);
		const expected: unknown =
			typeof digests === 'object' && digests !== null ? Reflect.get(digests, path) : undefined;
		if (!response || (await digestOf(response)) !== expected) {
			return false;
		}
	}
	return true;
}

async function digestOf(response: Response): Promise<string> {
	const digest = await crypto.subtle.digest('SHA-256', await response.arrayBuffer());
	return [...new Uint8Array(digest)].map((byte) => byte.toString(16).padStart(2, '0')).join('');
}

async function dropOldCaches(): Promise<void> {
	const names = await caches.keys();
	await Promise.all(
		names
			.filter((name) => name.startsWith('room-') && name !== CACHE)
			.map((name) => caches.delete(name)),
	);
}
