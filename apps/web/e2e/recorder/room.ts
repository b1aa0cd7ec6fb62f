import type { BrowserContext } from '@playwright/test';

/** A session that is running with sound, and a tablet that may record it. */
export interface Room {
	engagementId: string;
	sessionId: string;
	startedAt: string;
	/** Of the tablet; null for one that is not of the project. */
	token: string | null;
}

interface Kit {
	session: { recordingPlan: string };
	seats: { id: string; position: number }[];
	consent: { lines: { scope: string; source: string; hash: string }[] }[];
}

/** Signs the sample's facilitator in; the cookie is good for every port of this machine. */
export async function signIn(context: BrowserContext, origin: string): Promise<void> {
	const ask = callerOf(context, origin);
	const { samplePeople } = await ask<{ samplePeople: { email: string; roles: string[] }[] }>(
		'GET',
		'/api/session/ways-in',
	);
	const email = samplePeople.find(({ roles }) => roles.includes('facilitator'))?.email;
	const { link } = await ask<{ link: string }>('POST', '/api/session/sample', { email });
	const token = new URL(link).searchParams.get('token');
	await ask('POST', '/api/auth/magic-link/verify', { token });
}

/** Enrols a tablet, finds a planned session with sound, and starts it with one seat that agrees. */
export async function openRoom(context: BrowserContext, origin: string): Promise<Room> {
	const ask = callerOf(context, origin);
	const session = await ask<{ engagements: { id: string }[] }>('GET', '/api/session');
	const engagementId = session.engagements[0]?.id ?? '';
	const base = `/api/engagements/${engagementId}`;
	const { token } = await ask<{ token: string }>('POST', `${base}/devices`, { label: 'Tablet 1' });
	const headers = { 'x-throughline-device': token };
	const own = await ask<{ sessions: { id: string; status: string }[] }>(
		'GET',
		`${base}/own-dialogs`,
		undefined,
		headers,
	);
	for (const { id: sessionId, status } of own.sessions) {
		const path = `${base}/dialogs/${sessionId}`;
		const kit = await ask<Kit>('GET', `${path}/kit`, undefined, headers);
		if (status !== 'planned' || kit.session.recordingPlan !== 'audio') {
			continue;
		}
		const seat = kit.seats[0] ?? { id: crypto.randomUUID(), position: 1 };
		const at = new Date().toISOString();
		const said = (operation: object) => ({ id: crypto.randomUUID(), at, ...operation });
		const operations = [
			said({ type: 'seat', seatId: seat.id, position: seat.position, isTaken: true }),
			...(kit.consent[0]?.lines ?? []).map(({ scope, source, hash }) =>
				said({
					type: 'consent',
					seatId: seat.id,
					scope,
					source,
					isGiven: true,
					language: 'en',
					wordsHash: hash,
				}),
			),
			said({ type: 'start' }),
		];
		const synced = await ask<Synced>('POST', `${path}/sync`, { operations }, headers);
		if (synced.session.recordingMode === 'audio') {
			return { engagementId, sessionId, startedAt: synced.session.startedAt, token };
		}
	}
	throw new Error('No session of the sample could be started with sound.');
}

interface Synced {
	session: { recordingMode: string; startedAt: string };
	results: unknown[];
}

export function callerOf(context: BrowserContext, origin: string) {
	return async <T>(
		method: string,
		path: string,
		body?: unknown,
		headers: Record<string, string> = {},
	): Promise<T> => {
		const response = await context.request.fetch(origin + path, {
			method,
			// As browsers do; the API refuses a cookie without it.
			headers: { 'content-type': 'application/json', origin, ...headers },
			...(body !== undefined && { data: body }),
		});
		if (!response.ok()) {
			throw new Error(`${method} ${path}: ${response.status()} ${await response.text()}`);
		}
		// The API's own promise.
		return (await response.json()) as T;
	};
}
