/**
 * Students who finish, all at once and for minutes on end, against the server as `npm start` runs
 * it: `node tooling/bench/load/load.ts [server | embedded] [--seconds 600]`
 */
import { availableParallelism, loadavg } from 'node:os';
import { parseArgs } from 'node:util';
import { startPostgres } from '@throughline/db/testing/postgres';
import { type BenchServer, startBenchServer } from '../answered-pages-server.ts';
import type { BenchRow } from '../suggestions.ts';
import { table } from '../table.ts';
import type { LoadResult } from './client.ts';
import { startClient } from './start-client.ts';
import { type LoadedWindow, openWindow, seedWindow } from './seed.ts';

const RUNS = 3;
const FIELDS = 25;
const IN_FLIGHT = 32;
const FLIGHT_STUDENTS = 6000;
const FLIGHT_WARM_UP = 2;
const FLIGHT_RUNS = 5;
/** Ten times what ODK Central's backend accepts of 25 fields on two cores: 120 to 150 a second. */
const FLIGHT_FLOOR = 1200;

const BURST = 1000;
const BURST_LIMIT_S = 5;

const PER_SECOND = 100;
const SECONDS = 600;
const P99_LIMIT_MS = 250;
const GUESSES_PER_SECOND = 50;

/** ODK Central's own soak is 50 a second of a form of 250 questions for 30 s, all of them accepted. */
const SOAK = { questions: 250, perSecond: 100, seconds: 30 };

const CALM_PER_SECOND = 25;
const CALM_SECONDS = 20;
const OPENED = 3000;
const OPENING_LIMIT_S = 10;

interface Subject {
	name: string;
	server: BenchServer;
	/** Limits hold on a PostgreSQL server; the embedded database is for trying out. */
	hasLimits: boolean;
	seconds: number;
}

export async function benchLoad({
	databases = ['server', 'embedded'],
	seconds = SECONDS,
}: { databases?: readonly string[]; seconds?: number } = {}): Promise<BenchRow[]> {
	const rows: BenchRow[] = [];
	if (databases.includes('server')) {
		const postgres = await startPostgres({ fsync: true });
		try {
			const name = `PostgreSQL ${postgres.version}`;
			const env = { DATABASE_URL: postgres.url };
			rows.push(...(await measure(env, { name, hasLimits: true, seconds })));
		} finally {
			await postgres.stop();
		}
	}
	if (databases.includes('embedded')) {
		rows.push(...(await measure({}, { name: 'embedded', hasLimits: false, seconds: 60 })));
	}
	return rows;
}

async function measure(
	env: Record<string, string>,
	about: Omit<Subject, 'server'>,
): Promise<BenchRow[]> {
	const server = await startBenchServer(env, { codes: 0 });
	const subject = { ...about, server };
	try {
		const measures = [
			() => measureFlight(subject),
			() => measureBurst(subject),
			() => measureBesideResults(subject),
			() => measureSoak(subject),
			() => measureOpening(subject, { beside: 'those above' }),
			() => measureMinutes(subject),
			() => measureOpening(subject, { beside: `${PER_SECOND * subject.seconds} more` }),
		];
		const rows: BenchRow[] = [];
		for (const each of measures) {
			const found = await each();
			// At once: a later one that fails must not take half an hour of figures along.
			console.error(table(found));
			rows.push(...found);
		}
		return rows;
	} finally {
		await server.stop();
	}
}

/**
 * How many are accepted with so many on their way at any time. The first runs, of a server that has
 * just started, are told apart.
 */
async function measureFlight({ name, server, hasLimits }: Subject): Promise<BenchRow[]> {
	const rates: number[] = [];
	const results: LoadResult[] = [];
	const cpu: number[] = [];
	for (let run = 0; run < FLIGHT_WARM_UP + FLIGHT_RUNS; run += 1) {
		const window = await seedWindow(server, { students: FLIGHT_STUDENTS, questions: FIELDS });
		const before = await server.cpuSeconds();
		const result = await finish(server, window, { type: 'flight', inFlight: IN_FLIGHT });
		cpu.push((1000 * ((await server.cpuSeconds()) - before)) / FLIGHT_STUDENTS);
		rates.push(accepted(result) / result.seconds);
		results.push(result);
	}
	const first = rates.splice(0, FLIGHT_WARM_UP);
	return [
		{
			name: `${FIELDS} fields, ${IN_FLIGHT} in flight, ${name}: accepted`,
			figure: median(rates),
			unit: '/s',
			floor: hasLimits ? FLIGHT_FLOOR : null,
			note: `runs ${spread(rates)}; just started ${spread(first)}; p99 ${median(results.map(({ p99 }) => p99)).toFixed(0)} ms; server CPU ${median(cpu).toFixed(2)} ms each; refused ${refused(results)}; ${conditions()}`,
		},
	];
}

async function measureBurst({ name, server, hasLimits }: Subject): Promise<BenchRow[]> {
	const results: LoadResult[] = [];
	for (let run = 0; run < RUNS; run += 1) {
		const window = await seedWindow(server, { students: BURST, questions: FIELDS });
		results.push(await finish(server, window, { type: 'instant' }));
	}
	return [
		{
			name: `${BURST} in the same instant, ${name}: the last is answered after`,
			figure: median(results.map(({ max }) => max)) / 1000,
			unit: 's',
			limit: hasLimits ? BURST_LIMIT_S : null,
			note: `p50 ${median(results.map(({ p50 }) => p50)).toFixed(0)} ms; refused ${refused(results)}; ${conditions()}`,
		},
	];
}

async function measureBesideResults(subject: Subject): Promise<BenchRow[]> {
	const { name, server, hasLimits } = subject;
	const students = CALM_PER_SECOND * CALM_SECONDS;
	const calm = await seedWindow(server, { students, questions: FIELDS });
	const alone = await finish(server, calm, { type: 'rate', perSecond: CALM_PER_SECOND });
	const busy = await seedWindow(server, { students, questions: FIELDS });
	const reading = readResults(server);
	const beside = await finish(server, busy, { type: 'rate', perSecond: CALM_PER_SECOND });
	const reads = await reading.stop();
	return [
		{
			name: `${CALM_PER_SECOND}/s while results are counted, ${name}: p99`,
			figure: beside.p99,
			unit: 'ms',
			peer: { name: 'without', figure: alone.p99 },
			limit: hasLimits ? 2 * alone.p99 : null,
			note: `${reads} pages of results meanwhile; refused ${refused([alone, beside])}; ${conditions()}`,
		},
	];
}

async function measureSoak({ name, server, hasLimits }: Subject): Promise<BenchRow[]> {
	const students = SOAK.perSecond * SOAK.seconds;
	const window = await seedWindow(server, { students, questions: SOAK.questions });
	const result = await finish(server, window, { type: 'rate', perSecond: SOAK.perSecond });
	return [
		{
			name: `${SOAK.questions} questions, ${SOAK.perSecond}/s for ${SOAK.seconds} s, ${name}: accepted`,
			figure: accepted(result),
			unit: `of ${students}`,
			floor: hasLimits ? students : null,
			note: `p50 ${result.p50.toFixed(0)} ms, p99 ${result.p99.toFixed(0)} ms; ${conditions()}`,
		},
	];
}

/** Minutes on end, while somebody tries codes. */
async function measureMinutes(subject: Subject): Promise<BenchRow[]> {
	const { name, server, hasLimits, seconds } = subject;
	const students = PER_SECOND * seconds;
	const window = await seedWindow(server, { students, questions: FIELDS });
	const attack = startClient({
		origin: server.origin,
		link: window.link,
		codes: [],
		load: { type: 'guess', perSecond: GUESSES_PER_SECOND },
	});
	const result = await finish(server, window, { type: 'rate', perSecond: PER_SECOND });
	attack.stop();
	const guesses = await attack.result;
	const what = `${PER_SECOND}/s for ${seconds} s under attack, ${name}`;
	return [
		{
			name: `${what}: p99`,
			figure: result.p99,
			unit: 'ms',
			limit: hasLimits ? P99_LIMIT_MS : null,
			note: `p50 ${result.p50.toFixed(0)} ms, max ${result.max.toFixed(0)} ms; ${conditions()}`,
		},
		{
			name: `${what}: accepted`,
			figure: accepted(result),
			unit: `of ${students}`,
			floor: hasLimits ? students : null,
			note: `wrong codes meanwhile: ${statusWords(guesses)}`,
		},
	];
}

/** Other windows of the database that are still sealed are written anew with it. */
async function measureOpening(
	{ name, server, hasLimits }: Subject,
	{ beside }: { beside: string },
): Promise<BenchRow[]> {
	const window = await seedWindow(server, { students: OPENED, questions: FIELDS });
	await finish(server, window, { type: 'flight', inFlight: IN_FLIGHT });
	const { seconds, responses } = await openWindow(server, window);
	return [
		{
			name: `${OPENED} envelopes opened beside ${beside}, ${name}`,
			figure: seconds,
			unit: 's',
			limit: hasLimits ? OPENING_LIMIT_S : null,
			note: `${responses} responses; ${conditions()}`,
		},
	];
}

/** Reads the sample's results over and over, as several people of the team would at once. */
function readResults(server: BenchServer): { stop(): Promise<number> } {
	let isStopped = false;
	let reads = 0;
	const done = (async () => {
		const session = await server.get<{ engagements: { id: string }[] }>('/api/session');
		const base = `/api/engagements/${session.engagements[0]?.id}/results`;
		const { windows } = await server.get<{ windows: { id: string }[] }>(base);
		while (!isStopped) {
			await server.get(`${base}/${windows[0]?.id}`);
			reads += 1;
		}
	})();
	return {
		async stop() {
			isStopped = true;
			await done;
			return reads;
		},
	};
}

function finish(
	{ origin }: BenchServer,
	{ link, codes }: LoadedWindow,
	load: Parameters<typeof startClient>[0]['load'],
): Promise<LoadResult> {
	return startClient({ origin, link, codes, load }).result;
}

function accepted({ statuses }: LoadResult): number {
	return statuses[200] ?? 0;
}

function refused(results: readonly LoadResult[]): string {
	const all = results.flatMap(({ statuses }) => Object.entries(statuses));
	const others = all.filter(([status]) => status !== '200');
	return others.length === 0 ? '0' : others.map(([status, n]) => `${n} × ${status}`).join(', ');
}

function statusWords({ statuses }: LoadResult): string {
	return Object.entries(statuses)
		.map(([status, count]) => `${count} × ${status}`)
		.join(', ');
}

function conditions(): string {
	return `load ${loadavg()[0]?.toFixed(1)} on ${availableParallelism()} cores`;
}

function spread(values: readonly number[]): string {
	return `${Math.min(...values).toFixed(0)}–${Math.max(...values).toFixed(0)}`;
}

function median(values: readonly number[]): number {
	const sorted = values.toSorted((a, b) => a - b);
	return sorted[Math.floor(sorted.length / 2)] ?? NaN;
}

if (import.meta.main) {
	const { values, positionals } = parseArgs({
		allowPositionals: true,
		options: { seconds: { type: 'string', default: String(SECONDS) } },
	});
	const rows = await benchLoad({
		seconds: Number(values.seconds),
		...(positionals.length > 0 && { databases: positionals }),
	});
	console.log(table(rows));
}
