import type { MiddlewareHandler } from 'hono';
import { AppError, notFound } from '../errors.ts';
import { type Lack, lackFor } from '../policies/assurance.ts';
import { may, type Verb } from '../policies/verbs.ts';
import type { AppEnv } from './context.ts';

const SAFE_METHODS = new Set(['GET', 'HEAD']);

const policyOf = new WeakMap<object, Verb>();

/**
 * The policy of a route, put in front of its handler. The engagement is the route's
 * `:engagementId` where it has one. A route without this fails the walk over all routes.
 *
 * @throws AppError 401 when nobody is signed in, 404 when the engagement is not theirs,
 * 403 when their roles there do not include the verb; when they do, 401 `second_factor_required`
 * and 403 `confirmation_required` (policies/assurance.ts).
 */
export function authorise(verb: Verb): MiddlewareHandler<AppEnv> {
	const middleware: MiddlewareHandler<AppEnv> = async (c, next) => {
		const principal = c.var.principal;
		const engagementId = c.req.param('engagementId') ?? null;
		if (!may(principal, verb, engagementId)) {
			if (principal.type === 'public') {
				throw new AppError('sign_in_required', 401, 'Sign in to go on.');
			}
			const isMember = principal.grants.some((grant) => grant.engagementId === engagementId);
			if (!isMember) {
				throw notFound();
			}
			throw new AppError(
				'not_allowed',
				403,
				'Your role in this engagement does not include this. Ask an administrator if it should.',
			);
		}
		const isChange = !SAFE_METHODS.has(c.req.method);
		const lack = lackFor(principal, verb, { engagementId, isChange });
		if (lack !== null) {
			throw refusal(lack);
		}
		await next();
	};
	policyOf.set(middleware, verb);
	return middleware;
}

/** The verb a handler was guarded with, or null: for the test that walks every route. */
export function policyOfHandler(handler: object): Verb | null {
	return policyOf.get(handler) ?? null;
}

function refusal(lack: Lack): AppError {
	return lack === 'second_factor'
		? new AppError(
				'second_factor_required',
				401,
				'Your role needs a second step to sign in. Set it up, or enter its code, to go on.',
			)
		: new AppError('confirmation_required', 403, 'Confirm that it is you to go on.');
}
