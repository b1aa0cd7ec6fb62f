import { describe, expect, it } from 'vitest';
import { api, ApiProblem } from './api.ts';

function answering(status: number, body: string): typeof globalThis.fetch {
	return () => Promise.resolve(new Response(body === '' ? null : body, { status }));
}

async function problemFrom(promise: Promise<unknown>): Promise<ApiProblem> {
	const problem = await promise.catch((error: unknown) => error);
	if (!(problem instanceof ApiProblem)) {
		throw new Error('Expected an ApiProblem.');
	}
	return problem;
}

describe('api', () => {
	it('gives the parsed answer', async () => {
		expect(await api(answering(200, '{"n":3}')).get<{ n: number }>('/api/x')).toEqual({ n: 3 });
	});

	it('gives undefined for an empty answer', async () => {
		expect(await api(answering(204, '')).delete('/api/x')).toBeUndefined();
	});

	it('sends a body as JSON', async () => {
		let sent: RequestInit | undefined;
		await api((_path, init) => {
			sent = init;
			return Promise.resolve(Response.json(null));
		}).post('/api/x', { a: 1 });
		expect(sent).toMatchObject({ method: 'POST', body: '{"a":1}' });
	});

	it('throws what the API says is wrong, per field', async () => {
		const body = {
			error: { code: 'invalid', message: 'Check the form.', fields: { name: 'Too long.' } },
		};
		const problem = await problemFrom(api(answering(422, JSON.stringify(body))).put('/api/x', {}));
		expect(problem).toMatchObject({ status: 422, code: 'invalid', fields: { name: 'Too long.' } });
		expect(problem.message).toBe('Check the form.');
	});

	it.each([
		[502, '<html>Bad gateway</html>', { status: 502, code: 'api_unreadable' }],
		[200, '{"half":', { status: 502, code: 'api_unreadable' }],
		[500, '[]', { status: 500, code: 'unknown' }],
	])('does not trust an answer %i %s', async (status, body, expected) => {
		expect(await problemFrom(api(answering(status, body)).get('/api/x'))).toMatchObject(expected);
	});

	it('says that nothing answered', async () => {
		const down: typeof globalThis.fetch = () => Promise.reject(new TypeError('fetch failed'));
		expect(await problemFrom(api(down).get('/api/x'))).toMatchObject({ status: 503 });
	});
});
