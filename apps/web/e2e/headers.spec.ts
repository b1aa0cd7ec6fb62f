import type { APIResponse } from '@playwright/test';
import { glob } from 'node:fs/promises';
import { connect } from 'node:net';
import { resolve } from 'node:path';
import type { Running } from './start-throughline.ts';
import { expect, test } from './support.ts';

const EVERY = {
	'cross-origin-opener-policy': 'same-origin',
	'cross-origin-resource-policy': 'same-origin',
	'origin-agent-cluster': '?1',
	'referrer-policy': 'same-origin',
	'x-content-type-options': 'nosniff',
	'x-frame-options': 'DENY',
};
const FILE_POLICY =
	"default-src 'none'; connect-src 'self'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'";
const PAGE_POLICY = [
	"default-src 'none'",
	"img-src 'self' data:",
	"font-src 'self'",
	"media-src 'self' blob:",
	"connect-src 'self'",
	"worker-src 'self'",
	"manifest-src 'self'",
	"form-action 'self'",
	"base-uri 'none'",
	"frame-ancestors 'none'",
	"object-src 'none'",
	"require-trusted-types-for 'script'",
	'trusted-types svelte-trusted-html throughline-worker default',
	'report-uri /api/csp-reports',
];
/** Results that were released are the same for everybody, and may be kept. */
const RELEASED = /^\/e\/[^/]+\/r\/|^\/api\/public\//;
const FILES = /^\/_app\/immutable\//;

let web: string;

test.beforeAll(() => {
	web = resolve(import.meta.dirname, '..');
});

test('every route and page answers with the same headers, whatever it answers', async ({
	request,
	server,
}) => {
	const paths = [
		...(await apiPaths(server)),
		...(await pagePaths()),
		...(await samplePaths(server)),
		...(await filePaths()),
		'/no/such/page',
		'/api/no/such/route',
		'/%E0%A4%A',
		'/service-worker.js',
	];
	expect(paths.length).toBeGreaterThan(200);

	const wrong: string[] = [];
	for (const path of paths) {
		const response = await request.get(path, { maxRedirects: 0 });
		wrong.push(...problemsOf(response, path).map((problem) => `${path}: ${problem}`));
	}

	expect(wrong).toEqual([]);
});

test('what is not read is answered with them too', async ({ request }) => {
	const wrong: string[] = [];
	for (const [method, path] of [
		['POST', '/api/auth/sign-in/magic-link'],
		['POST', '/api/engagements'],
		['DELETE', '/api/session'],
		['OPTIONS', '/api/session'],
		['PUT', '/'],
		['POST', '/sign-in'],
		['HEAD', '/'],
	] as const) {
		const response = await request.fetch(path, { method, maxRedirects: 0 });
		wrong.push(...problemsOf(response, path).map((problem) => `${method} ${path}: ${problem}`));
		expect(Object.keys(response.headers()).join()).not.toContain('access-control');
	}

	expect(wrong).toEqual([]);
});

test('only the room may use the microphone and keep the screen awake', async ({ request }) => {
	const room = (await request.get('/dialogs/')).headers()['permissions-policy'];
	const start = (await request.get('/')).headers()['permissions-policy'];

	expect(room).toContain('microphone=(self), screen-wake-lock=(self)');
	expect(start).toContain('microphone=(), screen-wake-lock=()');
	expect(start).toContain('camera=()');
	expect(start?.replaceAll(/[\w-]+=\(\)(, )?/g, '')).toBe('');
});

test('TRACE and CONNECT are refused, and what is no HTTP is not answered', async ({ server }) => {
	const { port } = new URL(server.origin);
	const ask = (text: string) => sendRaw(Number(port), text);

	expect(await ask(`TRACE / HTTP/1.1\r\nhost: localhost:${port}\r\n\r\n`)).toMatch(
		/^HTTP\/1.1 405/,
	);
	expect(await ask('CONNECT example.org:443 HTTP/1.1\r\nhost: example.org\r\n\r\n')).not.toMatch(
		/^HTTP\/1.1 200/,
	);
	expect(
		await ask(
			`POST /api/session HTTP/1.1\r\nhost: localhost:${port}\r\ncontent-length: 4\r\ntransfer-encoding: chunked\r\n\r\n0\r\n\r\n`,
		),
	).toMatch(/^HTTP\/1.1 400/);
});

/** What is wrong with the headers of a response, in words. */
function problemsOf(response: APIResponse, path: string): string[] {
	const headers = response.headers();
	const problems = Object.entries(EVERY)
		.filter(([name, value]) => headers[name] !== value)
		// Leaving tells the page of somebody else even less.
		.filter(([name]) => !(path.endsWith('/leave') && headers[name] === 'no-referrer'))
		.map(([name]) => `${name} is ${headers[name]}`);
	for (const name of ['server', 'x-powered-by', 'access-control-allow-origin']) {
		if (name in headers) {
			problems.push(`says ${name}`);
		}
	}
	if (!headers['permissions-policy']?.includes('camera=()')) {
		problems.push(`permissions-policy is ${headers['permissions-policy']}`);
	}
	if ('strict-transport-security' in headers) {
		problems.push('promises https without having it');
	}
	const policy = headers['content-security-policy'] ?? '';
	problems.push(...(isPage(headers) ? pagePolicyProblems(policy) : filePolicyProblems(policy)));
	const kept = headers['cache-control'] ?? '';
	const mayBeKept = RELEASED.test(path) && /^public, (max-age=300|no-cache)$/.test(kept);
	const isImmutable = FILES.test(path) && response.ok();
	if (!isImmutable && !kept.startsWith('no-store') && !mayBeKept) {
		problems.push(`cache-control is ${kept}`);
	}
	return problems;
}

function isPage(headers: Record<string, string>): boolean {
	return headers['x-sveltekit-page'] === 'true';
}

function filePolicyProblems(policy: string): string[] {
	return policy === FILE_POLICY ? [] : [`content-security-policy is ${policy}`];
}

/** The rules that do not change, and script and style with nothing but hashes and nonces besides. */
function pagePolicyProblems(policy: string): string[] {
	const rules = policy.split('; ');
	const changing = rules.filter((rule) => /^(script|style)-src/.test(rule));
	const fixed = rules.filter((rule) => !changing.includes(rule));
	const own =
		/^(?:(?:script|style)-src 'self'|style-src-attr 'unsafe-hashes')(?: '(?:sha256|nonce)-[\w+/=-]+')*$/;
	return JSON.stringify(fixed.toSorted()) === JSON.stringify(PAGE_POLICY.toSorted()) &&
		changing.length === 3 &&
		changing.every((rule) => own.test(rule))
		? []
		: [`content-security-policy is ${policy}`];
}

/** Every GET of the API, its parameters filled with something that is not there. */
async function apiPaths({ origin }: Running): Promise<string[]> {
	const response = await fetch(`${origin}/api/openapi.json`);
	// The server's own document, in the shape OpenAPI promises.
	const { paths } = (await response.json()) as { paths: Record<string, object> };
	return Object.keys(paths).map((path) => path.replaceAll(/\{\w+\}/g, 'x'));
}

/** Every page there is a file for, likewise. */
async function pagePaths(): Promise<string[]> {
	const found: string[] = [];
	for await (const file of glob('**/+{page.svelte,server.ts}', {
		cwd: resolve(web, 'src/routes'),
	})) {
		const parts = file.split('/').slice(0, -1);
		const path = parts.filter((part) => !part.startsWith('(')).join('/');
		found.push(`/${path.replaceAll(/\[[^\]]+\]/g, 'x')}`);
	}
	return found;
}

/** Pages that are there: what the public and a student see, and a redirect for the signed-out. */
async function samplePaths(server: Running): Promise<string[]> {
	const { studentLinks } = await server.addresses();
	const home = await (await fetch(`${server.origin}/`)).text();
	const links = [...home.matchAll(/href="(\/e\/[^"]+)"/g)].map(([, link = '/']) => link);
	const pages = await Promise.all(
		links.map(async (link) => (await fetch(server.origin + link)).text()),
	);
	const below = pages.flatMap((page) =>
		[...page.matchAll(/href="(\/e\/[^"#]+)"/g)].map(([, link = '/']) => link),
	);
	const students = studentLinks.slice(0, 2).map(({ url }) => new URL(url).pathname);
	return ['/', ...new Set([...links, ...below]), ...students];
}

/** Files of the build, a few of each kind. */
async function filePaths(): Promise<string[]> {
	const byKind = new Map<string, string[]>();
	for await (const file of glob('**/*.*', { cwd: resolve(web, 'build/client') })) {
		const kind = file.split('.').at(-1) ?? '';
		byKind.set(kind, [...(byKind.get(kind) ?? []), `/${file}`]);
	}
	return [...byKind].flatMap(([kind, files]) => (/^(br|gz)$/.test(kind) ? [] : files.slice(0, 3)));
}

function sendRaw(port: number, text: string): Promise<string> {
	return new Promise((answered) => {
		let answer = '';
		const socket = connect(port, '127.0.0.1', () => socket.write(text));
		socket.setTimeout(5_000, () => socket.destroy());
		socket.on('data', (chunk) => (answer += chunk.toString()));
		socket.on('error', () => answered(answer));
		socket.on('close', () => answered(answer));
		socket.on('end', () => socket.destroy());
	});
}
