import { findPersonByEmail } from '@throughline/db/queries/person';
import { z } from 'zod';
import type { Deps, SignIn } from '../deps.ts';
import { AppError, notFound } from '../errors.ts';
import { fieldProblems } from '../http/valid.ts';
import { admit, isExpected } from './admit.ts';
import { principalOf } from './principal-of.ts';
import { newSessionToken } from './session-cookie.ts';
import { createRequestLimiter } from './request-limiter.ts';
import { signInMail } from './sign-in-mail.ts';
import {
	createStaffAuth,
	hashToken,
	isOidcConfigured,
	OIDC_PROVIDER,
	type StaffAuth,
} from './staff-auth.ts';

const LINKS_PER_ACCOUNT = 5;
const LINKS_PERIOD_MS = 15 * 60 * 1000;
const ACCOUNTS_REMEMBERED = 10_000;

export interface SignInOptions extends Pick<
	Deps,
	'db' | 'clock' | 'random' | 'mailer' | 'log' | 'config'
> {
	keys: Pick<Deps['keys'], 'sessionSecret'>;
	/** The address links lead to, known once the port is; no slash at its end. */
	origin(): string;
}

interface Context extends SignInOptions {
	auth: StaffAuth;
	limiter: ReturnType<typeof createRequestLimiter>;
	/** Links on their way; awaited by nobody who asked for one. */
	sending: Set<Promise<void>>;
}

/**
 * Staff sign-in: a link by mail, or the district's OpenID Connect. `handle` knows five requests
 * and answers 404 to every other, so no further endpoint of better-auth can be reached:
 * `POST sign-in/magic-link`, `POST magic-link/verify`, `POST sign-out`, `POST sign-in/district`
 * and `GET callback/district`.
 */
export function createSignIn(options: SignInOptions): SignIn & { settled(): Promise<void> } {
	const context: Context = {
		...options,
		auth: createStaffAuth({
			...options,
			secret: options.keys.sessionSecret,
			admit: (personId) => admit(options, personId),
		}),
		limiter: createRequestLimiter({
			clock: options.clock,
			limit: LINKS_PER_ACCOUNT,
			perMs: LINKS_PERIOD_MS,
			capacity: ACCOUNTS_REMEMBERED,
		}),
		sending: new Set(),
	};
	return {
		principalOf: (headers) => principalOf(headers, context),
		handle: (request) => handle(context, request),
		makeLink: (email, lifetime) => makeLink(context, email, lifetime),
		newSessionToken: () => newSessionToken(context.auth, context.random),
		settled: async () => {
			await Promise.all(context.sending);
		},
	};
}

async function handle(context: Context, request: Request): Promise<Response> {
	const path = new URL(request.url).pathname.replace(/^\/api\/auth\//, '');
	switch (`${request.method} ${path}`) {
		case 'POST sign-in/magic-link':
			return await askForLink(context, request);
		case 'POST magic-link/verify':
			return await useLink(context, request);
		case 'POST sign-out':
			return await signOut(context, request);
		case `POST sign-in/${OIDC_PROVIDER}`:
			return await startOidc(context, request);
		case `GET callback/${OIDC_PROVIDER}`:
			return await finishOidc(context, request);
		default:
			throw notFound();
	}
}

const askSchema = z.object({
	email: z.email({ error: 'Enter an e-mail address, like name@example.org.' }).max(254),
});

/**
 * The answer is the same, and as fast, whether the address is known or not: looking it up and
 * sending happen after it.
 */
async function askForLink(context: Context, request: Request): Promise<Response> {
	const { email } = await read(askSchema, request);
	const account = email.toLowerCase();
	if (!context.limiter.allow(account)) {
		throw new AppError(
			'too_many_links',
			429,
			'Several links were asked for in the last minutes. Use the newest one, or wait 15 minutes.',
		);
	}
	const sending = sendLink(context, account)
		.catch((error: unknown) => {
			context.log.error({ err: error, at: 'sign-in' }, 'a sign-in link could not be sent');
		})
		.finally(() => context.sending.delete(sending));
	context.sending.add(sending);
	return Response.json({ status: 'asked' });
}

async function sendLink(context: Context, email: string): Promise<void> {
	const person = await findPersonByEmail(context.db, email);
	if (!person || !(await isExpected(context, person))) {
		return;
	}
	const link = await makeLink(context, person.email, {});
	await context.mailer.send(signInMail({ to: person.email, name: person.name, link }));
}

/** A link that signs this person in once. It leads to a page with a button, see useLink. */
async function makeLink(
	context: Context,
	email: string,
	{ minutes }: { minutes?: number },
): Promise<string> {
	let token = '';
	const take = (made: string) => {
		token = made;
	};
	await context.auth.api.signInMagicLink({
		body: { email, metadata: { take } },
		headers: new Headers(),
	});
	if (minutes !== undefined) {
		await context.db
			.updateTable('auth_verification')
			.set({ expires_at: new Date(Date.now() + minutes * 60_000) })
			.where('identifier', '=', `magic-link:${hashToken(token)}`)
			.execute();
	}
	return `${context.origin()}/sign-in/link?token=${token}`;
}

const tokenSchema = z.object({ token: z.string().min(1).max(200) });

/** Only a POST uses a link up: mail scanners and previews open links, they press no buttons. */
async function useLink(context: Context, request: Request): Promise<Response> {
	const { token } = await read(tokenSchema, request);
	const answer = await context.auth.api.magicLinkVerify({
		query: { token },
		headers: request.headers,
		asResponse: true,
	});
	if (answer.status !== 200) {
		throw refusalOf(answer);
	}
	return Response.json({ status: 'signed_in' }, { headers: cookiesOf(answer) });
}

/** better-auth sends a link that does not do elsewhere, with the reason in the address. */
function refusalOf(answer: Response): Error {
	const address = new URL(answer.headers.get('location') ?? '/', 'http://localhost');
	const reason = address.searchParams.get('error');
	if (reason === null) {
		return new Error(`A sign-in link was answered with ${answer.status} and no reason.`);
	}
	if (reason === 'INVALID_TOKEN' || reason === 'EXPIRED_TOKEN') {
		return new AppError(
			'link_used_up',
			410,
			'This link was used before or is too old. Ask for a new one.',
		);
	}
	return new AppError('not_invited', 403, 'Nobody with this address is invited here any more.');
}

async function signOut(context: Context, request: Request): Promise<Response> {
	const answer = await context.auth.api.signOut({ headers: request.headers, asResponse: true });
	return Response.json({ status: 'signed_out' }, { headers: cookiesOf(answer) });
}

async function startOidc(context: Context, request: Request): Promise<Response> {
	if (!isOidcConfigured(context.config)) {
		throw notFound();
	}
	const answer = await context.auth.api.signInSocial({
		body: {
			provider: OIDC_PROVIDER,
			callbackURL: '/team',
			errorCallbackURL: '/sign-in?refused=1',
			disableRedirect: true,
		},
		headers: request.headers,
		asResponse: true,
	});
	const parsed = z.object({ url: z.url() }).safeParse(await answer.json());
	if (!parsed.success) {
		throw new AppError(
			'district_sign_in_unavailable',
			503,
			'The sign-in of the district does not answer. Try again, or use a link by e-mail.',
		);
	}
	return Response.json({ url: parsed.data.url }, { headers: cookiesOf(answer) });
}

async function finishOidc(context: Context, request: Request): Promise<Response> {
	if (!isOidcConfigured(context.config)) {
		throw notFound();
	}
	return await context.auth.handler(request);
}

async function read<Schema extends z.ZodType>(
	schema: Schema,
	request: Request,
): Promise<z.output<Schema>> {
	const body: unknown = await request.json().catch(() => null);
	const parsed = schema.safeParse(body);
	if (!parsed.success) {
		throw new AppError('invalid_input', 422, 'Some of what was sent cannot be used.', {
			fields: fieldProblems(parsed.error),
		});
	}
	return parsed.data;
}

function cookiesOf(answer: Response): Headers {
	const headers = new Headers();
	for (const cookie of answer.headers.getSetCookie()) {
		headers.append('set-cookie', cookie);
	}
	return headers;
}
