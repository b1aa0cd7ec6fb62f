import { generateKeyPairSync, sign } from 'node:crypto';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';

/** What the next ID token claims beside who issued it and for whom. */
export interface Claims {
	sub: string;
	email: string;
	email_verified?: boolean;
	name?: string;
	/** Set to break the token. */
	nonce?: string;
	aud?: string;
	isForged?: boolean;
}

/** A small OpenID Connect issuer on loopback: discovery, keys and tokens as a district's has them. */
export async function startIssuer(clientId: string) {
	const { privateKey, publicKey } = generateKeyPairSync('rsa', { modulusLength: 2048 });
	const forger = generateKeyPairSync('rsa', { modulusLength: 2048 }).privateKey;
	let next: Claims = { sub: '', email: '' };
	let nonce = '';

	function idToken(issuer: string): string {
		const { isForged, ...claims } = next;
		const now = Math.floor(Date.now() / 1000);
		const body = { iss: issuer, aud: clientId, iat: now, exp: now + 300, nonce, ...claims };
		const signed = [{ alg: 'RS256', kid: 'k1', typ: 'JWT' }, body]
			.map((part) => Buffer.from(JSON.stringify(part)).toString('base64url'))
			.join('.');
		const key = isForged ? forger : privateKey;
		return `${signed}.${sign('sha256', Buffer.from(signed), key).toString('base64url')}`;
	}

	const server = createServer((req, res) => {
		const issuer = `http://${req.headers.host}`;
		const answers: Record<string, unknown> = {
			'/.well-known/openid-configuration': {
				issuer,
				authorization_endpoint: `${issuer}/authorize`,
				token_endpoint: `${issuer}/token`,
				jwks_uri: `${issuer}/keys`,
				id_token_signing_alg_values_supported: ['RS256'],
			},
			'/keys': {
				keys: [{ ...publicKey.export({ format: 'jwk' }), kid: 'k1', alg: 'RS256', use: 'sig' }],
			},
			'/token': {
				access_token: 'access-secret',
				refresh_token: 'refresh-secret',
				token_type: 'Bearer',
				expires_in: 300,
				id_token: idToken(issuer),
			},
		};
		const answer = answers[req.url ?? ''];
		res.writeHead(answer ? 200 : 404, { 'content-type': 'application/json' });
		res.end(JSON.stringify(answer ?? {}));
	});
	const listening = Promise.withResolvers<void>();
	server.listen(0, '127.0.0.1', () => listening.resolve());
	await listening.promise;
	// A TCP server's address is an object.
	const { port } = server.address() as AddressInfo;
	return {
		issuer: `http://127.0.0.1:${port}`,
		/** Says who signs in next, in answer to this authorisation request. */
		willSignIn(claims: Claims, authorization: URL) {
			next = claims;
			nonce = authorization.searchParams.get('nonce') ?? '';
		},
		stop() {
			server.close();
			server.closeAllConnections();
		},
	};
}
