import type { Config } from '../config.ts';
import { AppError } from '../errors.ts';
import type { Principal } from '../policies/principal.ts';
import type { AppContext } from './context.ts';

/**
 * The member of staff who sent the request.
 * @throws AppError 401 for the public: only for handlers behind a staff policy.
 */
export function staffOf(c: AppContext): Extract<Principal, { type: 'staff' }> {
	const { principal } = c.var;
	if (principal.type !== 'staff') {
		throw new AppError('sign_in_required', 401, 'Sign in to go on.');
	}
	return principal;
}

/** The address people reach this server by: as set, or as the person who asks sees it. */
export function originOf(c: AppContext, config: Pick<Config, 'PUBLIC_URL'>): string {
	return new URL(config.PUBLIC_URL ?? c.req.url).origin;
}
