import { once } from 'node:events';
import { request } from 'node:http';
import { setTimeout as wait } from 'node:timers/promises';
import { describeOnBothDatabases } from '@throughline/db/testing';
import { afterEach, beforeEach, expect, test } from 'vitest';
import {
	begin,
	makePlace,
	type Place,
	readAnswers,
	seedPlace,
	send,
	startProgram,
} from '../testing/real-process.ts';

const STUDENTS = 24;

describeOnBothDatabases('a process that is asked to stop', (_getDatabase, mode) => {
	let place: Place;
	beforeEach(async () => {
		place = await makePlace(mode);
	}, 120_000);
	afterEach(() => place.remove(), 60_000);

	test('answers everyone who pressed Finish before it stopped listening', async () => {
		const { link, codes, windowId } = await seedPlace(place, STUDENTS);
		const program = await startProgram(place, { STOP_NOTICE_SECONDS: '5' });
		for (const code of codes) {
			await begin(program.origin, { link, code });
			const values = [`Answer of ${code}.`];
			await send(program.origin, {
				link,
				code,
				method: 'PUT',
				path: '/steps/Q3',
				body: { values },
			});
		}
		// All of them press Finish at once; it is told to stop when the first has been answered.
		const isTold = Promise.withResolvers<void>();
		const finishing = codes.map(async (code, index) => {
			const body = { submissionId: index.toString(16).padStart(32, '0') };
			const sent = await send(program.origin, {
				link,
				code,
				method: 'POST',
				path: '/finish',
				body,
			});
			isTold.resolve();
			return sent?.status;
		});
		await isTold.promise;
		program.child.kill('SIGTERM');

		expect(new Set(await Promise.all(finishing))).toEqual(new Set([200]));
		expect((await program.gone)[0]).toBe(0);
		const expected = codes.map((code) => `Answer of ${code}.`);
		expect((await readAnswers(place, windowId)).toSorted()).toEqual(expected.toSorted());
	}, 120_000);

	test('says that it is leaving, serves meanwhile, then takes nothing new and ends', async () => {
		const { link, codes, windowId } = await seedPlace(place, 2);
		const [early = '', late = ''] = codes;
		const program = await startProgram(place, {
			STOP_NOTICE_SECONDS: '5',
			STOP_DRAIN_SECONDS: '60',
		});
		const { origin, child } = program;
		await begin(origin, { link, code: early });
		expect((await fetch(`${origin}/api/health`)).status).toBe(200);
		const held = await beginSaving(origin, { link, code: early, value: 'Begun before.' });
		child.kill('SIGTERM');

		const refusal = await untilNotReady(origin);
		expect(refusal.headers.get('retry-after')).toMatch(/^\d+$/);
		expect(await refusal.json()).toMatchObject({ error: { code: 'stopping' } });
		const alive = await fetch(`${origin}/api/health/live`);
		expect(alive.status).toBe(200);
		expect(alive.headers.get('connection')).toBe('close');
		await begin(origin, { link, code: late });
		const finished = await finish(origin, { link, code: late });
		expect(finished?.status).toBe(200);

		await untilRefused(origin);
		// Still there, for the request it has begun.
		expect(child.exitCode).toBeNull();
		expect(await held.complete()).toBe(200);
		expect((await program.gone)[0]).toBe(0);

		// What was acknowledged meanwhile is stored.
		expect(await readAnswers(place, windowId)).toHaveLength(1);
		const next = await startProgram(place);
		expect((await finish(next.origin, { link, code: early }))?.status).toBe(200);
		next.child.kill('SIGTERM');
		await next.gone;
		expect(await readAnswers(place, windowId)).toContain('Begun before.');
	}, 120_000);

	test('does not wait for a client that never ends its request', async () => {
		const { link, codes } = await seedPlace(place, 1);
		const [code = ''] = codes;
		const program = await startProgram(place, { STOP_DRAIN_SECONDS: '0.5' });
		await begin(program.origin, { link, code });
		const held = await beginSaving(program.origin, { link, code, value: 'Never sent whole.' });
		program.child.kill('SIGTERM');

		expect((await program.gone)[0]).toBe(0);
		await expect(held.complete()).rejects.toThrow();
	}, 60_000);
});

/** A page half sent, which the server has begun to read. */
async function beginSaving(
	origin: string,
	{ link, code, value }: { link: string; code: string; value: string },
) {
	const body = JSON.stringify({ values: [value] });
	const req = request(`${origin}/api/student/${link}/steps/Q3`, {
		method: 'PUT',
		agent: false,
		headers: {
			'content-type': 'application/json',
			'content-length': String(Buffer.byteLength(body)),
			'x-access-code': code,
			// The server answers it when it has read the head.
			expect: '100-continue',
		},
	});
	const answered = Promise.withResolvers<number | undefined>();
	req.on('response', (res) => answered.resolve(res.resume().statusCode));
	req.on('error', answered.reject);
	// Looked at in complete(), which may come after the failure.
	answered.promise.catch(() => {});
	req.flushHeaders();
	await once(req, 'continue');
	req.write(body.slice(0, 5));
	return {
		complete() {
			req.end(body.slice(5));
			return answered.promise;
		},
	};
}

function finish(origin: string, { link, code }: { link: string; code: string }) {
	const body = { submissionId: Buffer.from(code).toString('hex').padEnd(32, '0').slice(0, 32) };
	return send(origin, { link, code, method: 'POST', path: '/finish', body });
}

/** @throws TypeError when nothing answers any more. */
async function untilNotReady(origin: string): Promise<Response> {
	for (;;) {
		const response = await fetch(`${origin}/api/health`);
		if (response.status === 503) {
			return response;
		}
		await wait(20);
	}
}

async function untilRefused(origin: string): Promise<void> {
	for (;;) {
		try {
			await fetch(`${origin}/api/health/live`);
		} catch {
			return;
		}
		await wait(50);
	}
}
