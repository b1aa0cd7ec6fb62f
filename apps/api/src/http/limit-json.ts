import type { MiddlewareHandler } from 'hono';
import { AppError } from '../errors.ts';
import type { AppEnv } from './context.ts';
import { announcedLength, mayHaveBody } from './limit-body.ts';
import { type JsonLimits, scanJson } from './scan-json.ts';

const USUAL: JsonLimits = { depth: 32, keys: 2000, string: 5000 };

/** Addresses that take other shapes of JSON than most. */
const shapes: readonly { path: RegExp; limits: Partial<JsonLimits> }[] = [
	// Whether an answer is too long is for the survey to say, in the student's language; what no
	// database stores is taken out of it, for nobody types it on purpose.
	{ path: /^\/api\/student\//, limits: { depth: 8, string: Infinity, isCleaned: true } },
	// A survey of 250 questions.
	{ path: /^\/api\/engagements\/[^/]+\/surveys(\/|$)/, limits: { keys: 50_000 } },
	// A tablet that was away for a day, and the slices of a long recording.
	{ path: /^\/api\/engagements\/[^/]+\/dialogs\//, limits: { keys: 100_000, string: 20_000 } },
];

/** Addresses that take something else besides, each its own. */
const others: readonly { path: RegExp; type: RegExp }[] = [
	{ path: /^\/api\/csp-reports$/, type: /^application\/csp-report\b/i },
	{
		path: /^\/api\/engagements\/[^/]+\/uploads\//,
		type: /^application\/offset\+octet-stream$/i,
	},
	{
		path: /^\/api\/engagements\/[^/]+\/dialogs\/[^/]+\/transcripts(\/preview)?$/,
		type: /^multipart\/form-data;/i,
	},
];
const JSON_TYPE = /^application\/json(;|$)/i;
/** The sign-in library reads its own bodies. */
const SIGN_IN = /^\/api\/auth\//;

/**
 * Refuses bodies of another type than their address takes (415), which is all that a form of
 * another site could send, and JSON that holds what no request of ours does (422).
 */
export function limitJson(): MiddlewareHandler<AppEnv> {
	return async (c, next) => {
		const { raw, path } = c.req;
		if (mayHaveBody(raw) && (announcedLength(raw) !== null || raw.body)) {
			const type = raw.headers.get('content-type');
			const own = others.find((one) => one.path.test(path))?.type;
			if (!JSON_TYPE.test(type ?? '')) {
				await refuseUnless(type !== null && own?.test(type) === true, raw, () => c.req.text());
			} else if (!SIGN_IN.test(path)) {
				const shape = shapes.find((one) => one.path.test(path));
				refuseShape(scanJson(await c.req.text(), { ...USUAL, ...shape?.limits }));
			}
		}
		await next();
	};
}

/** A request without a body needs no type. */
async function refuseUnless(
	isRight: boolean,
	raw: Request,
	read: () => Promise<string>,
): Promise<void> {
	if (isRight || raw.headers.get('content-length') === '0') {
		return;
	}
	if (raw.headers.has('content-length') || (await read()) !== '') {
		throw new AppError(
			'unsupported_media_type',
			415,
			'This address does not take that type of content. Most take application/json.',
		);
	}
}

function refuseShape(problem: string | null): void {
	if (problem !== null) {
		throw new AppError('unusable_json', 422, `This cannot be used. ${problem}`, {
			fields: { body: problem },
		});
	}
}
