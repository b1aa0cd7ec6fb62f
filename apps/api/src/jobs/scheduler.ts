import { type Kysely, sql } from 'kysely';
import type { Schema } from '@throughline/db/schema';

/** Work done in the background. It is called every minute, so it finds out itself what is due. */
export interface Job {
	/** Kebab-case; also the name of its lock. */
	name: string;
	/** Stops early, at a safe point, when the signal aborts. */
	run(signal: AbortSignal): Promise<void>;
}

export interface Scheduler {
	/** Runs every job, one after the other, unless a run is under way. */
	tick(): Promise<void>;
	/** Starts no more jobs and waits for the running one. */
	stop(): Promise<void>;
}

interface SchedulerOptions {
	jobs: readonly Job[];
	onError(job: string, error: unknown): void;
	/** Keeps other processes from running the same job at the same time. */
	exclusively: Exclusively;
}

/** Runs the work, or nothing when another process is at it. */
export type Exclusively = (name: string, work: () => Promise<void>) => Promise<void>;

const TICK_MS = 60_000;

/** Runs jobs in this process, every minute from now on. */
export function startScheduler(options: SchedulerOptions): Scheduler {
	const abort = new AbortController();
	let running: Promise<void> | null = null;

	async function runAll(): Promise<void> {
		for (const job of options.jobs) {
			if (abort.signal.aborted) {
				return;
			}
			await runOne(job, abort.signal, options);
		}
	}

	function tick(): Promise<void> {
		running ??= runAll().finally(() => {
			running = null;
		});
		return running;
	}

	const timer = setInterval(() => void tick(), TICK_MS);
	return {
		tick,
		async stop() {
			clearInterval(timer);
			abort.abort();
			await running;
		},
	};
}

/**
 * Jobs of several processes on one PostgreSQL server: a lock per job, held by a transaction of
 * its own and gone with it. On the embedded database a transaction would keep everybody else
 * waiting, and there is only one process, so nothing is locked there.
 */
export function exclusivelyOn(db: Kysely<Schema>, mode: 'embedded' | 'server'): Exclusively {
	if (mode === 'embedded') {
		return (_name, work) => work();
	}
	return (name, work) =>
		db.transaction().execute(async (trx) => {
			// The work uses other connections; this one idles for as long as it takes.
			await sql`set local idle_in_transaction_session_timeout = 0`.execute(trx);
			const lock = await sql<{ isMine: boolean }>`
				select pg_try_advisory_xact_lock(hashtextextended(${`throughline:${name}`}, 0)) as "isMine"
			`.execute(trx);
			if (lock.rows[0]?.isMine) {
				await work();
			}
		});
}

async function runOne(job: Job, signal: AbortSignal, options: SchedulerOptions): Promise<void> {
	try {
		await options.exclusively(job.name, () => job.run(signal));
	} catch (error) {
		options.onError(job.name, error);
	}
}
