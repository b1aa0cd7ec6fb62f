import type { Operation, OperationResult, RoomState, SyncView } from '@throughline/api/client';
import type { DeviceStore } from '../device/device-store.ts';

/** Operations of the room lie in the device's outbox under this kind. */
export const ROOM_KIND = 'room';

const BATCH = 50;
const FIRST_WAIT_MS = 2000;
const LONGEST_WAIT_MS = 60_000;

export type SendState =
	| { type: 'sent' }
	| { type: 'waiting' }
	| { type: 'offline' }
	| { type: 'sign_in' }
	| { type: 'revoked' }
	| { type: 'refused'; message: string };

export interface SendOutcome {
	state: SendState;
	/** What the server made of the session, when it was reached. */
	session: RoomState | null;
	/** Operations it will not take, with its words; they are out of the outbox. */
	refused: { operation: Operation; message: string }[];
}

type Outbox = Pick<DeviceStore, 'operations'>;

/** How long to wait after so many failures, never twice the same: tablets of a room retry apart. */
export function waitAfter(failures: number, random: () => number): number {
	const longest = Math.min(LONGEST_WAIT_MS, FIRST_WAIT_MS * 2 ** Math.max(0, failures - 1));
	return Math.round(longest * (0.5 + random() / 2));
}

/**
 * Sends what a session has in the outbox, oldest first. An operation leaves the outbox when the
 * server says it has it, or that it never will; a crash in between sends it again, which changes
 * nothing.
 */
export async function sendOperations(
	outbox: Outbox,
	to: { sessionId: string; apiPath: string; token: string; fetch: typeof globalThis.fetch },
): Promise<SendOutcome> {
	const refused: SendOutcome['refused'] = [];
	let session: RoomState | null = null;
	const tried = new Set<string>();
	for (;;) {
		const waiting = await outbox.operations.list({ sessionId: to.sessionId });
		const batch = waiting
			.filter(({ id, kind }) => kind === ROOM_KIND && !tried.has(id))
			.slice(0, BATCH)
			// Put in by room-desk.svelte.ts and by nothing else.
			.map(({ body }) => body as Operation);
		if (batch.length === 0 && (session !== null || waiting.length === 0)) {
			return { state: { type: tried.size > 0 ? 'waiting' : 'sent' }, session, refused };
		}
		const answer = await post(to, batch);
		if (!('view' in answer)) {
			return { state: answer, session, refused };
		}
		({ session } = answer.view);
		const byId = new Map(batch.map((operation) => [operation.id, operation]));
		const done = answer.view.results.filter((result) => !isKept(result));
		for (const { id, problem } of answer.view.results) {
			const operation = byId.get(id);
			if (operation && problem && done.some((result) => result.id === id)) {
				refused.push({ operation, message: problem.message });
			}
		}
		await outbox.operations.delete(done.map(({ id }) => id));
		const gone = new Set(done.map(({ id }) => id));
		batch.filter(({ id }) => !gone.has(id)).forEach(({ id }) => tried.add(id));
	}
}

function isKept({ status, mayRetry }: OperationResult): boolean {
	return status === 'refused' && mayRetry === true;
}

async function post(
	to: { sessionId: string; apiPath: string; token: string; fetch: typeof globalThis.fetch },
	operations: readonly Operation[],
): Promise<{ view: SyncView } | SendState> {
	const response = await to
		.fetch(`${to.apiPath}/dialogs/${to.sessionId}/sync`, {
			method: 'POST',
			headers: { 'content-type': 'application/json', 'x-throughline-device': to.token },
			body: JSON.stringify({ operations }),
		})
		.catch(() => null);
	if (response === null || response.status >= 500 || response.status === 429) {
		return { type: 'offline' };
	}
	const json: unknown = await response.json().catch(() => null);
	if (response.ok) {
		// The shape is the API's own promise.
		return { view: json as SyncView };
	}
	const { code, message } = problemIn(json);
	if (code === 'device_revoked') {
		return { type: 'revoked' };
	}
	const isSignedOut = code === 'sign_in_required' || code === 'second_factor_required';
	return response.status === 401 && isSignedOut
		? { type: 'sign_in' }
		: { type: 'refused', message };
}

/** The code and the words of an error body, empty where there are none. */
export function problemIn(json: unknown): { code: string; message: string } {
	const error: unknown = typeof json === 'object' && json !== null && 'error' in json && json.error;
	const of = (name: string): string => {
		const value: unknown =
			typeof error === 'object' && error !== null ? Reflect.get(error, name) : undefined;
		return typeof value === 'string' ? value : '';
	};
	return { code: of('code'), message: of('message') };
}
