import type { Operation, OperationResult } from '@throughline/api/client';
import { describe, expect, it } from 'vitest';
import type { Operation as Stored } from '../device/device-store.ts';
import { ROOM_KIND, sendOperations, waitAfter } from './outbox.ts';

const session = { status: 'running', recordingMode: null, startedAt: null, endedAt: null };

/** An outbox in memory, and a server that keeps what it applied. */
function place(given: { count: number; answer?: (id: string) => Partial<OperationResult> }) {
	let stored: Stored[] = Array.from({ length: given.count }, (_, index) => ({
		id: `o${index}`,
		sessionId: 's',
		kind: ROOM_KIND,
		body: { id: `o${index}`, type: 'start' },
	}));
	const applied: string[] = [];
	const outbox = {
		operations: {
			put: async (operation: Stored) => void stored.push(operation),
			list: async () => [...stored],
			count: async () => stored.length,
			delete: async (ids: readonly string[]) => {
				stored = stored.filter(({ id }) => !ids.includes(id));
			},
		},
	};
	const fetch = async (_: unknown, init?: RequestInit): Promise<Response> => {
		const body: unknown = JSON.parse(String(init?.body));
		const { operations } = body as { operations: Operation[] }; // sent by the function under test
		const results = operations.map(({ id }) => {
			const own = given.answer?.(id) ?? {};
			if (own.status !== 'refused' && !applied.includes(id)) {
				applied.push(id);
			}
			return { id, status: 'applied', ...own };
		});
		return Response.json({ results, session, serverTime: '2026-01-15T15:00:00.000Z' });
	};
	const to = { sessionId: 's', apiPath: '/api/engagements/e', token: 't', fetch };
	return { outbox, to, applied, left: () => stored.map(({ id }) => id) };
}

describe('the outbox', () => {
	it('sends everything in order, in batches, and then holds nothing', async () => {
		const { outbox, to, applied, left } = place({ count: 120 });
		const outcome = await sendOperations(outbox, to);
		expect(outcome.state).toEqual({ type: 'sent' });
		expect(applied).toEqual(Array.from({ length: 120 }, (_, index) => `o${index}`));
		expect(left()).toEqual([]);
	});

	it('keeps what may be taken later and gives up what never will be', async () => {
		const { outbox, to, left } = place({
			count: 3,
			answer: (id) => ({
				...(id !== 'o1' && { status: 'refused' as const, problem: { code: 'x', message: 'No.' } }),
				...(id === 'o0' && { mayRetry: true }),
			}),
		});
		const outcome = await sendOperations(outbox, to);
		expect(outcome.state).toEqual({ type: 'waiting' });
		expect(outcome.refused).toMatchObject([{ operation: { id: 'o2' }, message: 'No.' }]);
		expect(left()).toEqual(['o0']);
	});

	it.each([
		[new Response('', { status: 503 }), 'offline'],
		[Response.json({ error: { code: 'sign_in_required' } }, { status: 401 }), 'sign_in'],
		[Response.json({ error: { code: 'second_factor_required' } }, { status: 401 }), 'sign_in'],
		[Response.json({ error: { code: 'device_revoked' } }, { status: 401 }), 'revoked'],
		[Response.json({ error: { code: 'not_found', message: 'No.' } }, { status: 404 }), 'refused'],
	])('keeps everything when the answer is %o', async (response, type) => {
		const { outbox, to, left } = place({ count: 2 });
		const outcome = await sendOperations(outbox, { ...to, fetch: async () => response });
		expect(outcome.state.type).toBe(type);
		expect(left()).toEqual(['o0', 'o1']);
	});

	it('keeps everything without a network', async () => {
		const { outbox, to, left } = place({ count: 1 });
		const fetch = () => Promise.reject(new TypeError('no network'));
		expect((await sendOperations(outbox, { ...to, fetch })).state).toEqual({ type: 'offline' });
		expect(left()).toEqual(['o0']);
	});

	it('waits longer after each failure, a minute at most, and never in step', () => {
		expect([1, 2, 3, 10].map((n) => waitAfter(n, () => 1))).toEqual([2000, 4000, 8000, 60_000]);
		expect(waitAfter(3, () => 0)).toBe(4000);
	});
});
