import { isIP } from 'node:net';
import type { IncomingMessage } from 'node:http';

/** Where a request was sent, as the person's browser sees it. */
export interface PublicOrigin {
	protocol: 'http' | 'https';
	/** Host and port, as in a Host header. */
	host: string;
}

/**
 * The origin pages are rendered for. With PUBLIC_URL it is always that one, whatever the request
 * claims. Without, it is http and the Host header, which must be a loopback name or an address in
 * digits: any other name could be another site's that points here (DNS rebinding).
 *
 * @returns null when the Host header is missing or such a name.
 */
export function publicOriginOf(
	req: IncomingMessage,
	publicUrl: string | undefined,
): PublicOrigin | null {
	if (publicUrl !== undefined) {
		const { protocol, host } = new URL(publicUrl);
		return { protocol: protocol === 'https:' ? 'https' : 'http', host };
	}
	const host = req.headers.host;
	if (host === undefined || !isLocalName(host)) {
		return null;
	}
	return { protocol: 'http', host };
}

function isLocalName(host: string): boolean {
	if (!/^[\w.:[\]-]+$/.test(host)) {
		return false;
	}
	const name = URL.parse(`http://${host}`)?.hostname.replace(/^\[|\]$/g, '') ?? '';
	return name === 'localhost' || name.endsWith('.localhost') || isIP(name) !== 0;
}
