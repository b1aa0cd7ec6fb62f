import type { Random } from '../deps.ts';
import { createHmac } from 'node:crypto';
import type { StaffAuth } from './staff-auth.ts';

const TOKEN_BYTES = 32;

/**
 * A new token for a session and the Set-Cookie header that carries it, signed as better-auth signs
 * its own: when a session comes to be worth more, what was seen of it before is worth nothing.
 */
export async function newSessionToken(
	auth: StaffAuth,
	random: Pick<Random, 'bytes'>,
): Promise<{ token: string; cookie: string }> {
	const { authCookies, secret } = await auth.$context;
	const { name, attributes } = authCookies.sessionToken;
	const token = random.bytes(TOKEN_BYTES).toString('base64url');
	const signature = createHmac('sha256', secret).update(token).digest('base64');
	const parts = [
		`${name}=${encodeURIComponent(`${token}.${signature}`)}`,
		`Max-Age=${attributes.maxAge ?? 0}`,
		`Path=${attributes.path ?? '/'}`,
		'HttpOnly',
		...(attributes.secure ? ['Secure'] : []),
		'SameSite=Lax',
	];
	return { token, cookie: parts.join('; ') };
}
