import { pino } from 'pino';
import { expect, test } from 'vitest';
import { Hono } from 'hono';
import { toProblem } from '../../errors.ts';
import type { AppEnv } from '../../http/context.ts';
import { cspReportRoutes } from './routes.ts';

const report = (directive: string) =>
	JSON.stringify({
		'csp-report': {
			'document-uri': 'http://localhost/s/SECRET-LINK/notice',
			'effective-directive': directive,
		},
	});

function start() {
	const lines: string[] = [];
	let now = new Date('2026-01-15T12:00:00Z');
	const log = pino({}, { write: (line: string) => lines.push(line) });
	const app = new Hono<AppEnv>()
		.use(async (c, next) => {
			c.set('principal', { type: 'public' });
			await next();
		})
		.route('/', cspReportRoutes({ log, clock: () => now }));
	app.onError((error, c) => c.body(null, toProblem(error).status));
	return {
		lines,
		later: (ms: number) => (now = new Date(now.getTime() + ms)),
		send: (body: string, type = 'application/csp-report') =>
			app.request('/', { method: 'POST', body, headers: { 'content-type': type } }),
	};
}

test('reports are counted by rule and logged once a minute, without the page they are about', async () => {
	const sut = start();

	const { status } = await sut.send(report('img-src'));
	await sut.send(report('script-src-elem'));
	await sut.send(report('script-src-elem'));
	await sut.send(report('K7QM-2PX9'));
	await sut.send('[[[');
	expect(sut.lines).toHaveLength(1);
	sut.later(60_000);
	await sut.send(report('script-src-elem'));

	expect(status).toBe(204);
	expect(sut.lines).toHaveLength(2);
	expect(JSON.parse(sut.lines[0] ?? '')).toMatchObject({ counts: { 'img-src': 1 } });
	expect(JSON.parse(sut.lines[1] ?? '')).toMatchObject({
		counts: { 'script-src-elem': 3, other: 2 },
	});
	expect(sut.lines.join()).not.toMatch(/SECRET|K7QM/);
});

test('what is no report is refused', async () => {
	const sut = start();

	expect((await sut.send(report('img-src'), 'text/plain')).status).toBe(415);
});
