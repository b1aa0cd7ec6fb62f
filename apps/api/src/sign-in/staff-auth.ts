import type { Schema } from '@throughline/db/schema';
import { betterAuth } from 'better-auth';
import { genericOAuth, magicLink } from 'better-auth/plugins';
import type { Kysely } from 'kysely';
import { createHash } from 'node:crypto';
import type { Config } from '../config.ts';
import type { Deps } from '../deps.ts';

/** The district's own sign-in, as better-auth names it in account rows and callback addresses. */
export const OIDC_PROVIDER = 'district';
export const ABSOLUTE_SESSION_SECONDS = 8 * 60 * 60;
const LINK_SECONDS = 15 * 60;

export interface StaffAuthOptions {
	db: Kysely<Schema>;
	config: Pick<Config, 'PUBLIC_URL' | 'OIDC_ISSUER' | 'OIDC_CLIENT_ID' | 'OIDC_CLIENT_SECRET'>;
	secret: Buffer;
	log: Deps['log'];
	random: Pick<Deps['random'], 'uuid7' | 'bytes'>;
	/** May this person have a session now? Called each time one is about to be made. */
	admit(personId: string): Promise<boolean>;
}

export type StaffAuth = ReturnType<typeof createStaffAuth>;

/**
 * better-auth, narrowed: people exist before they sign in, links or the district's OpenID Connect
 * are the only ways in, nothing about the device is kept, nothing is cached in cookies.
 */
export function createStaffAuth(options: StaffAuthOptions) {
	const { config, log, random } = options;
	const isHttps = config.PUBLIC_URL?.startsWith('https:') ?? false;
	return betterAuth({
		appName: 'Throughline',
		baseURL: config.PUBLIC_URL ?? 'http://localhost',
		basePath: '/api/auth',
		secret: options.secret.toString('base64url'),
		database: { db: options.db, type: 'postgres' },
		telemetry: { enabled: false },
		logger: { level: 'error', log: (_level, message) => log.error({ at: 'sign-in' }, message) },
		// Counted per account where links are asked for; a whole school shares one IP address.
		rateLimit: { enabled: false },
		onAPIError: { errorURL: '/sign-in?refused=1' },
		advanced: {
			database: { generateId: () => random.uuid7() },
			ipAddress: { disableIpTracking: true },
			useSecureCookies: false,
			cookiePrefix: 'throughline',
			defaultCookieAttributes: { secure: isHttps },
			cookies: {
				session_token: { name: isHttps ? '__Host-throughline' : 'throughline_session' },
			},
			// Every unsafe request has passed http/same-origin.ts; callback addresses are our own.
			disableCSRFCheck: true,
			disableOriginCheck: true,
		},
		user: {
			modelName: 'person',
			fields: {
				emailVerified: 'email_verified',
				createdAt: 'created_at',
				updatedAt: 'updated_at',
			},
		},
		session: {
			modelName: 'auth_session',
			fields: {
				userId: 'person_id',
				expiresAt: 'expires_at',
				ipAddress: 'ip_address',
				userAgent: 'user_agent',
				createdAt: 'created_at',
				updatedAt: 'updated_at',
			},
			// The absolute limit. The idle limit is in principal-of.ts, by updated_at.
			expiresIn: ABSOLUTE_SESSION_SECONDS,
			disableSessionRefresh: true,
			cookieCache: { enabled: false },
		},
		account: {
			modelName: 'auth_account',
			fields: {
				accountId: 'account_id',
				providerId: 'provider_id',
				userId: 'person_id',
				accessToken: 'access_token',
				refreshToken: 'refresh_token',
				idToken: 'id_token',
				accessTokenExpiresAt: 'access_token_expires_at',
				refreshTokenExpiresAt: 'refresh_token_expires_at',
				createdAt: 'created_at',
				updatedAt: 'updated_at',
			},
			updateAccountOnSignIn: false,
		},
		verification: {
			modelName: 'auth_verification',
			fields: { expiresAt: 'expires_at', createdAt: 'created_at', updatedAt: 'updated_at' },
		},
		databaseHooks: {
			user: { create: { before: refuse } },
			session: {
				create: {
					before: async (session) => {
						if (!(await options.admit(session.userId))) {
							return false;
						}
						return { data: { ...session, ipAddress: '', userAgent: '' } };
					},
				},
			},
			account: {
				create: {
					before: async (account) => ({
						data: {
							...account,
							accessToken: null,
							refreshToken: null,
							idToken: null,
							password: null,
						},
					}),
				},
			},
		},
		plugins: [
			magicLink({
				disableSignUp: true,
				expiresIn: LINK_SECONDS,
				generateToken: () => random.bytes(32).toString('base64url'),
				storeToken: { type: 'custom-hasher', hash: async (token) => hashToken(token) },
				sendMagicLink: async ({ token, metadata }) => {
					const take: unknown = metadata?.['take'];
					if (typeof take === 'function') {
						take(token);
					}
				},
			}),
			...oidcPlugins(config),
		],
	});
}

/** What is stored in place of a link's token: its SHA-256. */
export function hashToken(token: string): string {
	return createHash('sha256').update(token).digest('base64url');
}

/** True when the district's own sign-in is set up. */
export function isOidcConfigured(config: StaffAuthOptions['config']): boolean {
	return Boolean(config.OIDC_ISSUER && config.OIDC_CLIENT_ID && config.PUBLIC_URL);
}

function oidcPlugins(config: StaffAuthOptions['config']) {
	const { OIDC_ISSUER, OIDC_CLIENT_ID, OIDC_CLIENT_SECRET } = config;
	if (!isOidcConfigured(config) || !OIDC_ISSUER || !OIDC_CLIENT_ID) {
		return [];
	}
	return [
		genericOAuth({
			config: [
				{
					providerId: OIDC_PROVIDER,
					discoveryUrl: `${OIDC_ISSUER.replace(/\/$/, '')}/.well-known/openid-configuration`,
					clientId: OIDC_CLIENT_ID,
					...(OIDC_CLIENT_SECRET !== undefined && { clientSecret: OIDC_CLIENT_SECRET }),
					scopes: ['openid', 'email', 'profile'],
					pkce: true,
					disableSignUp: true,
					requireIdTokenVerification: true,
				},
			],
		}),
	];
}

/** People are made by an invitation, never by signing in. */
async function refuse(): Promise<false> {
	return false;
}
