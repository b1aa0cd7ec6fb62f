import { Hono } from 'hono';
import { expect, test } from 'vitest';
import { toProblem } from '../errors.ts';
import type { AppEnv } from './context.ts';
import { limitJson } from './limit-json.ts';

const app = new Hono<AppEnv>();
app.use(limitJson());
app.post('*', async (c) => c.text(await c.req.text()));
app.onError((error, c) => c.json(toProblem(error).problem, toProblem(error).status));

async function send(path: string, body: string | null, type = 'application/json') {
	const response = await app.request(path, {
		method: 'POST',
		body,
		headers: type === '' ? {} : { 'content-type': type },
	});
	return { status: response.status, text: await response.text() };
}

const nested = (depth: number) => '['.repeat(depth) + ']'.repeat(depth);

test.each([
	['/api/engagements', nested(32), 200],
	['/api/engagements', nested(33), 422],
	['/api/student/x/finish', nested(8), 200],
	['/api/student/x/finish', nested(9), 422],
	['/api/engagements', JSON.stringify('x'.repeat(5001)), 422],
	['/api/student/x/steps/S01', JSON.stringify('x'.repeat(100_000)), 200],
	['/api/engagements', '{"__proto__":1}', 422],
	['/api/engagements', '{"a":1,"a":2}', 422],
	['/api/engagements', String.raw`"\ud800"`, 422],
	['/api/student/x/steps/S01', String.raw`"\ud800"`, 200],
])('%s with such a body', async (path, body, status) => {
	const answer = await send(path, body);

	expect(answer.status).toBe(status);
	if (status === 422) {
		expect(JSON.parse(answer.text)).toMatchObject({
			error: { code: 'unusable_json', fields: { body: expect.stringMatching(/^It /) } },
		});
	} else {
		expect(answer.text).toBe(body);
	}
});

test.each([
	['/api/engagements', 'text/plain', 415],
	['/api/engagements', '', 415],
	['/api/engagements', 'application/jsonp', 415],
	['/api/engagements', 'application/json; charset=utf-8', 200],
	['/api/auth/sign-in/magic-link', 'text/plain', 415],
	['/api/auth/sign-in/magic-link', 'application/json', 200],
	['/api/csp-reports', 'application/csp-report', 200],
	['/api/engagements/e/uploads/u', 'application/offset+octet-stream', 200],
	['/api/engagements/e/uploads/u', 'text/plain', 415],
	['/api/engagements/e/dialogs/d/transcripts', 'multipart/form-data; boundary=x', 200],
	['/api/engagements/e/dialogs/d/transcripts', 'text/plain', 415],
	['/api/engagements/e/dialogs/d/recordings', 'multipart/form-data; boundary=x', 415],
])('%s of type %j', async (path, type, status) => {
	expect((await send(path, '{}', type)).status).toBe(status);
});

test('what has no body needs no type', async () => {
	expect((await send('/api/engagements/e/windows/w/open', null, '')).status).toBe(200);
	expect((await send('/api/engagements/e/windows/w/open', '', '')).status).toBe(200);
});
