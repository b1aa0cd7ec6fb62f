import { Hono } from 'hono';
import type { Deps } from '../../deps.ts';
import { AppError } from '../../errors.ts';
import { authorise } from '../../http/authorise.ts';
import type { AppEnv } from '../../http/context.ts';

const MINUTE_MS = 60_000;
/** Rules of the pages' own policy; anything else a sender makes up counts as 'other'. */
const DIRECTIVES = new Set([
	'script-src',
	'script-src-elem',
	'script-src-attr',
	'style-src',
	'style-src-elem',
	'style-src-attr',
	'img-src',
	'font-src',
	'media-src',
	'connect-src',
	'worker-src',
	'manifest-src',
	'frame-src',
	'object-src',
	'form-action',
	'base-uri',
	'frame-ancestors',
	'require-trusted-types-for',
	'trusted-types',
]);

/**
 * POST /api/csp-reports: a browser says that a page tried what its policy forbids. Only which rule
 * it was is counted, and logged once a minute at most: a report holds the page's address, which may
 * hold a code's link.
 */
export function cspReportRoutes({ log, clock }: Pick<Deps, 'log' | 'clock'>) {
	let counts: Record<string, number> = {};
	let loggedAt = 0;
	return new Hono<AppEnv>().post('/', authorise('page:report'), async (c) => {
		if (!/^application\/(csp-report|json)\b/.test(c.req.header('content-type') ?? '')) {
			throw new AppError('unsupported_media_type', 415, 'Send this as application/csp-report.');
		}
		const rule = ruleOf(await c.req.text());
		counts[rule] = (counts[rule] ?? 0) + 1;
		const now = clock().getTime();
		if (now - loggedAt >= MINUTE_MS) {
			log.warn({ counts }, 'pages tried what their policy forbids');
			counts = {};
			loggedAt = now;
		}
		return c.body(null, 204);
	});
}

function ruleOf(text: string): string {
	try {
		const report: unknown = JSON.parse(text);
		const inner: unknown = Object(Object(report)['csp-report'])['effective-directive'];
		return typeof inner === 'string' && DIRECTIVES.has(inner) ? inner : 'other';
	} catch {
		return 'other';
	}
}
