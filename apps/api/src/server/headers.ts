import type { ServerResponse } from 'node:http';

/** For everything that is not a page; pages bring their own, with nonces (apps/web/vite.config.ts). */
const NO_PAGE = [
	"default-src 'none'",
	// The worker of /dialogs/ is bound by the policy its own file came with.
	"connect-src 'self'",
	"base-uri 'none'",
	"form-action 'none'",
	"frame-ancestors 'none'",
].join('; ');

const ALWAYS = {
	'content-security-policy': NO_PAGE,
	'cross-origin-opener-policy': 'same-origin',
	'cross-origin-resource-policy': 'same-origin',
	'origin-agent-cluster': '?1',
	// docs/decisions/0005-referrer-policy-same-origin.md
	'referrer-policy': 'same-origin',
	'x-content-type-options': 'nosniff',
	'x-frame-options': 'DENY',
	// What lasts longer says so itself: hashed files for ever, released results for five minutes.
	'cache-control': 'no-store',
};

const TWO_YEARS = 63_072_000;

/** What a page of ours never needs. Passkeys are left out: signing in may need them. */
const OFF = [
	'accelerometer',
	'autoplay',
	'bluetooth',
	'browsing-topics',
	'camera',
	'clipboard-read',
	'display-capture',
	'encrypted-media',
	'fullscreen',
	'gamepad',
	'geolocation',
	'gyroscope',
	'hid',
	'idle-detection',
	'local-fonts',
	'magnetometer',
	'midi',
	'payment',
	'picture-in-picture',
	'serial',
	'storage-access',
	'usb',
	'window-management',
	'xr-spatial-tracking',
];

/**
 * Puts the headers of every response on one, whoever answers: API, page, file, refusal. A handler
 * that sets one of them itself has the last word.
 */
export function protect(
	res: ServerResponse,
	{ path, publicUrl }: { path: string; publicUrl: string | undefined },
): void {
	for (const [name, value] of Object.entries(ALWAYS)) {
		res.setHeader(name, value);
	}
	res.setHeader('permissions-policy', permissions(path));
	if (publicUrl?.startsWith('https:')) {
		res.setHeader('strict-transport-security', `max-age=${TWO_YEARS}; includeSubDomains`);
	}
}

/** The room records and keeps the screen awake; no other page may do either. */
function permissions(path: string): string {
	const isRoom = path === '/dialogs' || path.startsWith('/dialogs/');
	const own = isRoom ? '(self)' : '()';
	return [
		...OFF.map((feature) => `${feature}=()`),
		`microphone=${own}`,
		`screen-wake-lock=${own}`,
	].join(', ');
}
