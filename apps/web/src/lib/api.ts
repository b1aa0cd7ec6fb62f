/** An error the API answered with, or that kept its answer from arriving (status 503). */
export class ApiProblem extends Error {
	override readonly name = 'ApiProblem';
	readonly status: number;
	readonly code: string;
	/** What is wrong per field of the form, by field name. */
	readonly fields: Record<string, string>;

	constructor(problem: {
		status: number;
		code: string;
		message: string;
		fields?: Record<string, string>;
		cause?: unknown;
	}) {
		super(problem.message, { cause: problem.cause });
		this.status = problem.status;
		this.code = problem.code;
		this.fields = problem.fields ?? {};
	}
}

export interface Api {
	get<T>(path: string): Promise<T>;
	post<T>(path: string, body?: unknown): Promise<T>;
	put<T>(path: string, body?: unknown): Promise<T>;
	delete<T>(path: string, body?: unknown): Promise<T>;
	/** Sends a form with files. */
	upload<T>(path: string, form: FormData): Promise<T>;
}

/**
 * The API, spoken to through one `fetch` (that of a load, an action or the browser). Each method
 * gives the parsed JSON of the answer, `undefined` for an empty one, or throws an ApiProblem.
 */
export function api(fetch: typeof globalThis.fetch): Api {
	return {
		get: (path) => send({ fetch, method: 'GET', path }),
		post: (path, body) => send({ fetch, method: 'POST', path, body }),
		put: (path, body) => send({ fetch, method: 'PUT', path, body }),
		delete: (path, body) => send({ fetch, method: 'DELETE', path, body }),
		upload: (path, form) => send({ fetch, method: 'POST', path, form }),
	};
}

interface Message {
	fetch: typeof globalThis.fetch;
	method: string;
	path: string;
	body?: unknown;
	form?: FormData;
}

async function send<T>({ fetch, method, path, body, form }: Message): Promise<T> {
	// An empty JSON object rather than no body: a POST without a content type looks like a form.
	const sent = method === 'GET' ? {} : { body: form ?? JSON.stringify(body ?? {}) };
	const accept = { accept: 'application/json' };
	// Of a form the browser writes the content type itself, with what separates its parts.
	const headers = form ? accept : { ...accept, 'content-type': 'application/json' };
	const response = await fetch(path, { method, headers, ...sent }).catch((cause: unknown) => {
		throw new ApiProblem({ status: 503, code: 'api_unreachable', message: 'No answer.', cause });
	});
	const json = await readJson(response);
	if (!response.ok) {
		throw problemOf(response.status, json);
	}
	// The shape is the API's own promise: its compiled client types say what `T` is.
	return json as T;
}

async function readJson(response: Response): Promise<unknown> {
	const text = await response.text();
	if (text === '') {
		return undefined;
	}
	try {
		return JSON.parse(text);
	} catch (cause) {
		throw new ApiProblem({
			status: response.ok ? 502 : response.status,
			code: 'api_unreadable',
			message: 'The answer could not be read.',
			cause,
		});
	}
}

function problemOf(status: number, json: unknown): ApiProblem {
	const error = isRecord(json) && isRecord(json['error']) ? json['error'] : {};
	const { code, message, fields } = error;
	return new ApiProblem({
		status,
		code: typeof code === 'string' ? code : 'unknown',
		message: typeof message === 'string' ? message : `The request failed (${status}).`,
		fields: isRecord(fields) ? wordsByField(fields) : {},
	});
}

function wordsByField(fields: Record<string, unknown>): Record<string, string> {
	return Object.fromEntries(
		Object.entries(fields).map(([name, words]) => [
			name,
			Array.isArray(words) ? words.join(' ') : String(words),
		]),
	);
}

function isRecord(value: unknown): value is Record<string, unknown> {
	return typeof value === 'object' && value !== null && !Array.isArray(value);
}
