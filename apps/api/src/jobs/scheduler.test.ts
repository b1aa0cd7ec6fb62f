import { afterEach, expect, test, vi } from 'vitest';
import { type Job, type Scheduler, startScheduler } from './scheduler.ts';

const started: Scheduler[] = [];

afterEach(async () => {
	vi.useRealTimers();
	await Promise.all(started.splice(0).map((scheduler) => scheduler.stop()));
});

test('jobs run every minute, in their order', async () => {
	vi.useFakeTimers();
	const ran: string[] = [];
	start([
		job('open', async () => void ran.push('open')),
		job('close', async () => void ran.push('close')),
	]);

	await vi.advanceTimersByTimeAsync(120_000);

	expect(ran).toEqual(['open', 'close', 'open', 'close']);
});

test('a job that takes longer than a minute is not started a second time', async () => {
	vi.useFakeTimers();
	const gate = Promise.withResolvers<void>();
	let runs = 0;
	start([
		job('slow', () => {
			runs += 1;
			return gate.promise;
		}),
	]);

	await vi.advanceTimersByTimeAsync(300_000);
	expect(runs).toBe(1);
	gate.resolve();
	await vi.advanceTimersByTimeAsync(60_000);

	expect(runs).toBe(2);
});

test('a job that fails is reported and does not keep the others from running', async () => {
	const failure = new Error('no disk');
	let ran = false;
	const { scheduler, errors } = start([
		job('bad', () => Promise.reject(failure)),
		job('good', async () => {
			ran = true;
		}),
	]);

	await scheduler.tick();

	expect(errors).toEqual([['bad', failure]]);
	expect(ran).toBe(true);
});

test('stopping waits for the running job, tells it to hurry and starts no other', async () => {
	const gate = Promise.withResolvers<void>();
	const seen: string[] = [];
	const { scheduler } = start([
		job('long', async (signal) => {
			signal.addEventListener('abort', () => seen.push('told'));
			await gate.promise;
			seen.push('finished');
		}),
		job('next', async () => void seen.push('next')),
	]);

	void scheduler.tick();
	const stopped = scheduler.stop().then(() => seen.push('stopped'));
	gate.resolve();
	await stopped;

	expect(seen).toEqual(['told', 'finished', 'stopped']);
});

function job(name: string, run: Job['run']): Job {
	return { name, run };
}

function start(jobs: Job[]) {
	const errors: [string, unknown][] = [];
	const scheduler = startScheduler({
		jobs,
		onError: (name, error) => errors.push([name, error]),
		exclusively: (_name, work) => work(),
	});
	started.push(scheduler);
	return { scheduler, errors };
}
