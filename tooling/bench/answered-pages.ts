/**
 * Answered pages, a form sent and the page it leads to, against the server as `npm start` runs it:
 * `node tooling/bench/answered-pages.ts [server | embedded]`
 */
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { availableParallelism, loadavg } from 'node:os';
import { join } from 'node:path';
import { startPostgres } from '@throughline/db/testing/postgres';
import type { Plan, Result } from './answered-pages-client.ts';
import { type BenchServer, startBenchServer } from './answered-pages-server.ts';
import type { BenchRow } from './suggestions.ts';
import { table } from './table.ts';

const STUDENTS = 300;
const PAGES = 20;
const RATES = [25, 50, 100, 150, 200, 250, 300, 350, 400, 500, 600];
const SECONDS = 8;
const WARM_UP_SECONDS = 3;
const RUNS = 3;
/** Above this a rate is past the knee, and higher ones say nothing. */
const KNEE_MS = 1000;

const P99_AT_100_MS = 250;
/** 6,000 pages at 200 a second. */
const DRAIN_LIMIT_S = (STUDENTS * PAGES) / 200;

export async function benchAnsweredPages(
	databases: readonly string[] = ['server', 'embedded'],
): Promise<BenchRow[]> {
	const rows: BenchRow[] = [];
	if (databases.includes('server')) {
		const postgres = await startPostgres({ fsync: true });
		try {
			const name = `PostgreSQL ${postgres.version}`;
			rows.push(...(await measure(name, { DATABASE_URL: postgres.url }, { hasFloors: true })));
		} finally {
			await postgres.stop();
		}
	}
	if (databases.includes('embedded')) {
		rows.push(...(await measure('embedded', {}, { hasFloors: false })));
	}
	return rows;
}

async function measure(
	name: string,
	env: Record<string, string>,
	{ hasFloors }: { hasFloors: boolean },
): Promise<BenchRow[]> {
	const server = await startBenchServer(env, { codes: STUDENTS });
	try {
		const bursts = await repeat(() => run(server, { type: 'burst', pages: PAGES }));
		return [
			...(await measureRates(name, server, { hasFloors })),
			...burstRows(name, bursts, { hasFloors }),
		];
	} finally {
		await server.stop();
	}
}

async function measureRates(
	name: string,
	server: BenchServer,
	{ hasFloors }: { hasFloors: boolean },
): Promise<BenchRow[]> {
	const rows: BenchRow[] = [];
	for (const perSecond of RATES) {
		const load = {
			type: 'rate',
			perSecond,
			warmUpSeconds: WARM_UP_SECONDS,
			seconds: SECONDS,
		} as const;
		const runs = await repeat(() => run(server, load));
		const p99 = median(runs.map((one) => one.p99));
		rows.push({
			name: `${perSecond} answered pages/s, ${name}: p99`,
			figure: p99,
			unit: 'ms',
			limit: hasFloors && perSecond === 100 ? P99_AT_100_MS : null,
			note: `p50 ${median(runs.map((one) => one.p50)).toFixed(0)} ms, runs ${spread(runs.map((one) => one.p99))}; ${conditions(runs)}`,
		});
		if (p99 > KNEE_MS) {
			break;
		}
	}
	return rows;
}

function burstRows(
	name: string,
	runs: readonly Measured[],
	{ hasFloors }: { hasFloors: boolean },
): BenchRow[] {
	const what = `${STUDENTS} students × ${PAGES} pages at once, ${name}`;
	const rates = runs.map((one) => one.pages / one.seconds);
	return [
		{
			name: `${what}: drained`,
			figure: median(runs.map((one) => one.seconds)),
			unit: 's',
			limit: hasFloors ? DRAIN_LIMIT_S : null,
			note: `runs ${spread(runs.map((one) => one.seconds))}; ${conditions(runs)}`,
		},
		{
			name: `${what}: answered pages`,
			figure: median(rates),
			unit: '/s',
			note: `a page takes p50 ${median(runs.map((one) => one.p50)).toFixed(0)} ms, p99 ${median(runs.map((one) => one.p99)).toFixed(0)} ms`,
		},
	];
}

interface Measured extends Result {
	/** CPU time of the server process per answered page. */
	cpuMs: number;
	/** Processes that wanted the machine just before. */
	load: number;
}

/** One run of the students, in a process of their own. */
async function run(server: BenchServer, load: Plan['load']): Promise<Measured> {
	const { origin, survey, codes } = server;
	const plan: Plan = { origin, survey, codes, load };
	const [busy = 0] = loadavg();
	const before = await server.cpuSeconds();
	const client = spawn(
		process.execPath,
		[join(import.meta.dirname, 'answered-pages-client.ts'), JSON.stringify(plan)],
		{ stdio: ['ignore', 'pipe', 'inherit'] },
	);
	let text = '';
	client.stdout.on('data', (chunk: Buffer) => {
		text += chunk.toString();
	});
	const [exitCode] = await once(client, 'close');
	if (exitCode !== 0) {
		throw new Error(`The students of the benchmark ended with ${exitCode}.`);
	}
	// Printed by answered-pages-client.ts.
	const result = JSON.parse(text) as Result;
	// Signing in and warming up cost time too: the figure is a little too high.
	const cpuMs = (1000 * ((await server.cpuSeconds()) - before)) / result.pages;
	return { ...result, cpuMs, load: busy };
}

async function repeat<T>(measureOnce: () => Promise<T>): Promise<T[]> {
	const results: T[] = [];
	for (let count = 0; count < RUNS; count += 1) {
		results.push(await measureOnce());
	}
	return results;
}

function conditions(runs: readonly Measured[]): string {
	const load = Math.max(...runs.map((one) => one.load));
	const cpu = median(runs.map((one) => one.cpuMs)).toFixed(1);
	return `server CPU ${cpu} ms a page; load ${load.toFixed(1)} on ${availableParallelism()} cores`;
}

function spread(values: readonly number[]): string {
	return `${Math.min(...values).toFixed(0)}–${Math.max(...values).toFixed(0)}`;
}

function median(values: readonly number[]): number {
	const sorted = values.toSorted((a, b) => a - b);
	return sorted[Math.floor(sorted.length / 2)] ?? NaN;
}

if (import.meta.main) {
	const databases = process.argv.slice(2);
	console.log(table(await benchAnsweredPages(databases.length > 0 ? databases : undefined)));
}
