import type { testApp } from './test-app.ts';

interface Answer {
	status: number;
	/** The parsed body; tests say what they expect of it. */
	body: Record<string, unknown>;
}

/** One student's requests: a link and the code of a slip. */
export function studentClient(
	{ app }: Pick<ReturnType<typeof testApp>, 'app'>,
	{ link, code }: { link: string; code: string },
) {
	const path = `/api/student/${link}`;

	async function send(method: string, at: string, body?: unknown): Promise<Answer> {
		const response = await app.request(path + at, {
			method,
			headers: { 'content-type': 'application/json', 'x-access-code': code },
			...(body !== undefined && { body: JSON.stringify(body) }),
		});
		// The routes answer with JSON objects alone.
		return { status: response.status, body: (await response.json()) as Answer['body'] };
	}

	return {
		send,
		start: (language = 'en') => send('POST', '/start', { code, language, isChosen: true }),
		step: (step: string, from?: 'check') =>
			send('GET', `/steps/${step}${from ? `?from=${from}` : ''}`),
		save: (step: string, values: string[] = [], more: Record<string, unknown> = {}) =>
			send('PUT', `/steps/${step}`, { values, ...more }),
		finish: (submissionId = 'ab'.repeat(16)) => send('POST', '/finish', { submissionId }),
		/** Starts and reads the notice, so that questions are open. */
		async begin(language = 'en') {
			await send('POST', '/start', { code, language, isChosen: true });
			return await send('PUT', '/steps/notice', { values: [] });
		},
	};
}
