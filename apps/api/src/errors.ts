import { HTTPException } from 'hono/http-exception';
import type { QueueFull } from '@throughline/db';

/** Which fields of a request were wrong, by their path ('answers.S01'), in words a person can act on. */
export type FieldProblems = Record<string, string>;

/**
 * An expected failure. `code` is stable and documented in docs/api.md; `message` says what is
 * wrong and what to do next; `fields` points at the input.
 */
export class AppError extends Error {
	readonly code: string;
	readonly status: ErrorStatus;
	readonly fields: FieldProblems | undefined;

	constructor(
		code: string,
		status: ErrorStatus,
		message: string,
		options: { fields?: FieldProblems; cause?: unknown } = {},
	) {
		super(message, { cause: options.cause });
		this.name = 'AppError';
		this.code = code;
		this.status = status;
		this.fields = options.fields;
	}
}

export type ErrorStatus =
	400 | 401 | 403 | 404 | 409 | 410 | 413 | 415 | 416 | 422 | 429 | 500 | 503;

/** The body of every error response. */
export interface Problem {
	error: { code: string; message: string; fields?: FieldProblems };
}

/** What an outsider gets for a thing that is not there, and for one they may not see. */
export function notFound(): AppError {
	return new AppError('not_found', 404, 'There is nothing at this address.');
}

/** What did not fit into a queue: nothing of it was begun, so it can be sent again as it is. */
export function serverBusy(cause: QueueFull): AppError {
	return new AppError(
		'server_busy',
		503,
		'Many people are sending at this moment. This was not taken yet, and nothing is lost: send it again in some seconds.',
		{ cause },
	);
}

/** Turns an error into the wire shape. Unexpected errors say nothing about themselves. */
export function toProblem(error: unknown): { status: ErrorStatus; problem: Problem } {
	if (error instanceof HTTPException && error.status === 400) {
		const message = 'The body is not valid JSON. Send a JSON object.';
		return { status: 400, problem: { error: { code: 'malformed_body', message } } };
	}
	if (error instanceof AppError) {
		const { code, message, fields } = error;
		return {
			status: error.status,
			problem: { error: { code, message, ...(fields && { fields }) } },
		};
	}
	return {
		status: 500,
		problem: {
			error: {
				code: 'internal',
				message:
					'Something went wrong on our side. Nothing you sent was lost on your side; try again.',
			},
		},
	};
}
