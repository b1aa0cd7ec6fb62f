import { Hono } from 'hono';
import { expect, test } from 'vitest';
import { durableFirst } from './durable-first.ts';

function appWith(makeDurable: () => Promise<void>) {
	return new Hono()
		.use(durableFirst({ makeDurable }))
		.get('/', (c) => c.text('read'))
		.post('/', (c) => c.text('stored'));
}

test('a change is acknowledged when it is on the disk, not before', async () => {
	const disk = Promise.withResolvers<void>();
	let isAnswered = false;
	const answer = Promise.resolve(appWith(() => disk.promise).request('/', { method: 'POST' })).then(
		(response) => {
			isAnswered = true;
			return response.text();
		},
	);
	await new Promise((resolve) => setImmediate(resolve));
	expect(isAnswered).toBe(false);
	disk.resolve();
	expect(await answer).toBe('stored');
});

test('a change the disk refused is not acknowledged; reading goes on', async () => {
	const app = appWith(() => Promise.reject(new Error('EIO')));
	expect((await app.request('/', { method: 'POST' })).status).toBe(500);
	expect((await app.request('/')).status).toBe(200);
});
